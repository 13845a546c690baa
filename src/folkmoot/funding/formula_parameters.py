"""The parameters of a formula by name: what they are, and the formula with some changed.

In:        a formula; names and values, such as ``{"eta": Fraction("0.15")}``.
Out:       every ``Parameter`` that it has; or a new formula, whose version and digest say so.
Rule:      the weights of a profile sum to 1, so those that are not named keep their proportions
           and share what is left.
Not here:  what changes when they do (``what_if``).
Source:    decision record 0015.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from hashlib import sha256

from folkmoot.funding.bounds import BoundsRule
from folkmoot.funding.errors import ParameterNameError
from folkmoot.funding.formula import Formula
from folkmoot.funding.formula_text import exact
from folkmoot.funding.profiles import (
    POPULATION_BASES,
    CountedProfile,
    Profile,
    PublishedProfile,
)
from folkmoot.funding.quantum import Line
from folkmoot.funding.streams import NEED_DATA, Stream
from folkmoot.vocabulary.periods import FinancialYear
from folkmoot.vocabulary.source import Source

Value = Fraction | str
"""A number, or one of a few words."""
Values = Mapping[str, Value]
Numbers = Mapping[str, Fraction]
Words = Mapping[str, str]
ALL_OF_A_KIND = ("eta", "growth", "outcome_share", "population_basis", "need_data")
"""Names that alone set every stream or profile which has such a parameter."""
SYMBOLS = {
    "kappa": "outcome_share",
    "floor": "bounds.floor",
    "ceiling": "bounds.ceiling",
    "least_share": "bounds.least_share",
    "need_weight": "baseline.need_weight",
}
"""Other names of a parameter."""
ASKED = Source(title="asked in a what-if", publisher="the user", published="undated")
YEARLY = {
    "floor": "least change on last year's allocation",
    "ceiling": "greatest change on last year's allocation",
    "least_share": "least part of target",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One number or choice of a formula."""

    name: str
    title: str
    value: Value | None
    """None where the formula has none, or has another in each year."""
    least: Fraction = Fraction(0)
    most: Fraction | None = None
    """None where there is no greatest."""
    choices: tuple[str, ...] = ()
    """The words that it can be; none where it is a number."""
    plausible: tuple[Fraction, Fraction] | None = None
    """From least to most plausible, where that is declared."""
    year: str = ""
    """The one year that it is of, where there is another for all years."""

    @property
    def is_uncertain(self) -> bool:
        """Whether a range is declared within which the truth may lie."""
        return self.plausible is not None and self.plausible[0] < self.plausible[1]

    def is_plausible(self, value: Value) -> bool:
        """Whether a value lies in the range declared; any does where there is none."""
        if self.plausible is None or not self.is_uncertain or isinstance(value, str):
            return True
        return self.plausible[0] <= value <= self.plausible[1]

    def problem(self, value: Value) -> str:
        """What is wrong with a value, or nothing."""
        if self.choices:
            wanted = f"write one of: {', '.join(self.choices)}"
            is_wrong = value not in self.choices
        else:
            limit = f"{exact(self.least)} or more"
            if self.most is not None:
                limit = f"from {exact(self.least)} to {exact(self.most)}"
            wanted = f"write a number {limit}"
            is_wrong = isinstance(value, str) or (
                value < self.least or (self.most is not None and value > self.most)
            )
        return f"'{self.name}' cannot be {written(value)}; {wanted}" if is_wrong else ""


def written(value: Value | None) -> str:
    """A value as it is typed; 'none' where there is none."""
    if value is None:
        return "none"
    return value if isinstance(value, str) else exact(value)


def parameters(formula: Formula) -> dict[str, Parameter]:
    """Every parameter of a formula that can be set, by name.

    Examples
    --------
    >>> from folkmoot.funding.formula_file import read_formula
    >>> found = parameters(read_formula())
    >>> list(found)[:4], str(found["bounds.floor"].value)
    (['bounds.floor', 'bounds.ceiling', 'bounds.least_share', 'bounds.floor.2026-27'], '-1/50')
    """
    listed = [
        *_bounds(formula),
        Parameter(
            name="baseline.need_weight",
            title="part of a modelled baseline that goes by earlier need",
            value=formula.modelled_need_weight,
            least=Fraction(0),
            most=Fraction(1),
        ),
        *(one for stream in formula.streams for one in _of_stream(formula, stream)),
        *(one for profile in used(formula).values() for one in _of_profile(profile)),
        *(
            Parameter(
                name=f"entitlement.{promise.name}",
                title=f"pence of '{promise.title}', {promise.rule.replace('_', ' ')}",
                value=promise.pence,
                least=Fraction(0),
                most=None,
            )
            for promise in formula.entitlements
        ),
    ]
    return {one.name: one for one in listed}


def used(formula: Formula) -> dict[str, Profile]:
    """The profiles that share some money, by name."""
    names = {stream.need_profile for stream in formula.streams}
    names |= {promise.profile for promise in formula.entitlements if promise.profile}
    return {name: formula.profiles[name] for name in sorted(names)}


def _bounds(formula: Formula) -> Iterator[Parameter]:
    for key, title in YEARLY.items():
        values = {getattr(rule, key) for rule in formula.rules}
        least = Fraction(0 if key == "least_share" else -1)
        yield Parameter(
            name=f"bounds.{key}",
            title=f"{title}, in every year",
            value=values.pop() if len(values) == 1 else None,
            least=least,
            most=None,
            plausible=formula.floor_range if key == "floor" else None,
        )
    for key, title in YEARLY.items():
        for year, rule in zip(formula.years, formula.rules, strict=True):
            yield Parameter(
                name=f"bounds.{key}.{year}",
                title=f"{title}, in {year}",
                value=getattr(rule, key),
                least=Fraction(0 if key == "least_share" else -1),
                most=None,
                year=str(year),
            )


def _of_stream(formula: Formula, stream: Stream) -> Iterator[Parameter]:
    growths = {stream.growth(year) for year in formula.years[1:]} or {Fraction(0)}
    yield Parameter(
        name=f"growth.{stream.code}",
        title="growth of its quantum in each year after the first; replaces what is declared",
        value=growths.pop() if len(growths) == 1 else None,
        least=Fraction(-1),
        plausible=stream.growth_range,
    )
    yield Parameter(
        name=f"outcome_share.{stream.code}",
        title="part of each grant above its entitlements that waits for outcomes",
        value=stream.outcome_share,
        most=formula.head.most_at_risk,
    )
    yield Parameter(
        name=f"need_profile.{stream.code}",
        title="what counts as need",
        value=stream.need_profile,
        choices=tuple(sorted(formula.profiles)),
    )
    yield Parameter(
        name=f"need_data.{stream.code}",
        title="whether need is of the first year throughout, or of each year",
        value=stream.need_data,
        choices=NEED_DATA,
    )


def _is_growth(line: Line) -> bool:
    return line.kind == "growth"


def _of_profile(profile: Profile) -> Iterator[Parameter]:
    name = profile.head.name
    if isinstance(profile, CountedProfile):
        for one in profile.components:
            yield Parameter(
                name=f"theta.{name}.{one.name}",
                title=f"weight: {one.title or one.name}",
                value=one.theta,
                least=Fraction(0),
                most=Fraction(1),
                plausible=one.theta_range,
            )
        return
    yield Parameter(
        name=f"population_basis.{name}",
        title="whether need is of registered patients, or a head times residents",
        value=profile.population_basis,
        choices=POPULATION_BASES,
    )
    if profile.inequalities_table:
        yield Parameter(
            name=f"eta.{name}",
            title="part of need that goes by unequal health",
            value=profile.eta,
            least=Fraction(0),
            most=Fraction(1),
            plausible=profile.eta_range,
        )


def with_values(formula: Formula, values: Values) -> Formula:
    """A formula with some of its parameters changed.

    Parameters
    ----------
    values : mapping of str to Fraction or str
        By name, or by the shorter name that fits no other: ``theta.claimants`` where only one
        profile has such a component. A stream's code may stand for its profile. ``eta``,
        ``growth`` and the like are those of every profile or stream which has one.

    Raises
    ------
    ParameterNameError
        With every name that the formula does not have, every value out of range, and every
        profile whose weights could not sum to 1.
    BoundsError
        If a floor would lie above its ceiling.

    Notes
    -----
    Weights that are not named become ``theta x (1 - sum of the named) / (1 - what these were)``.

    Examples
    --------
    >>> from folkmoot.funding.formula_file import read_formula
    >>> changed = with_values(read_formula(), {"theta.below-level-3": Fraction(1, 2)})
    >>> [str(one.theta) for one in changed.profiles["skills-1"].components]
    ['1/2', '7/24', '1/8', '1/12']
    """
    known = parameters(formula)
    stands_for = {name: _named(_whole(name, formula), known) for name in values}
    chosen = {full: value for name, value in values.items() for full in stands_for[name]}
    problems = [
        *(_unknown(name, formula, known) for name in values if not stands_for[name]),
        *(said for name, value in chosen.items() if (said := known[name].problem(value))),
    ]
    numbers = {name: one for name, one in chosen.items() if isinstance(one, Fraction)}
    words = {name: one for name, one in chosen.items() if isinstance(one, str)}
    problems += _unequal_to_one(formula, numbers)
    if problems:
        names = [name for name, one in known.items() if not one.year]
        raise ParameterNameError(formula.version, problems, names)
    said = ", ".join(f"{name}={written(value)}" for name, value in sorted(values.items()))
    return replace(
        formula,
        head=replace(formula.head, version=f"{formula.version} with {said}"),
        streams=tuple(_stream_with(one, formula, numbers, words) for one in formula.streams),
        profiles={
            name: _profile_with(profile, numbers, words)
            for name, profile in formula.profiles.items()
        },
        rules=tuple(
            _rule_with(rule, str(year), numbers)
            for year, rule in zip(formula.years, formula.rules, strict=True)
        ),
        modelled_need_weight=numbers.get("baseline.need_weight", formula.modelled_need_weight),
        entitlements=tuple(
            replace(one, pence=numbers.get(f"entitlement.{one.name}", one.pence))
            for one in formula.entitlements
        ),
        sha256={**formula.sha256, "changed": sha256(said.encode()).hexdigest()},
    )


def full_names(values: Values, formula: Formula) -> dict[str, Value]:
    """Values by the full names that theirs stand for; names that are not known are left out."""
    known = parameters(formula)
    return {
        full: value
        for name, value in values.items()
        for full in _named(_whole(name, formula), known)
    }


def _named(name: str, known: Mapping[str, Parameter]) -> tuple[str, ...]:
    """What a name stands for: itself, or all of a kind, or the one it is short for."""
    if name in known:
        return (name,)
    if name in ALL_OF_A_KIND:
        return tuple(full for full in known if full.startswith(f"{name}."))
    kind, _, rest = name.partition(".")
    short = [
        full for full in known if rest and full.startswith(f"{kind}.") and full.endswith(f".{rest}")
    ]
    return tuple(short) if len(short) == 1 else ()


def _whole(name: str, formula: Formula) -> str:
    """A name with symbols spelt out, and a stream's profile in place of the stream."""
    kind, dot, rest = name.partition(".")
    kind = SYMBOLS.get(kind, kind)
    if kind in ("theta", "eta", "population_basis"):
        code, more, component = rest.partition(".")
        profiles = {str(one.code): one.need_profile for one in formula.streams}
        rest = f"{profiles.get(code, code)}{more}{component}"
    return f"{kind}{dot}{rest}"


def _unknown(name: str, formula: Formula, known: Mapping[str, Parameter]) -> str:
    whole = _whole(name, formula)
    kind, _, rest = whole.partition(".")
    last = whole.rpartition(".")[2]
    several = [full for full in known if full.endswith(f".{last}")]
    if len(several) > 1:
        return f"'{name}' fits more than one parameter; write one of: {', '.join(several)}"
    profile = rest.partition(".")[0]
    if profile in formula.profiles:
        has = [full for full in known if full.split(".")[1] == profile] or ["none: it is not used"]
        return f"profile '{profile}' has no '{kind}.{last}'; it has: {', '.join(has)}"
    return f"it has no parameter '{name}'"


def _unequal_to_one(formula: Formula, chosen: Numbers) -> Iterator[str]:
    for name, profile in used(formula).items():
        if not isinstance(profile, CountedProfile):
            continue
        given = {one.name: chosen.get(f"theta.{name}.{one.name}") for one in profile.components}
        fixed = sum((value for value in given.values() if value is not None), Fraction(0))
        others = sum(one.theta for one in profile.components if given[one.name] is None)
        if any(value is not None for value in given.values()) and (
            fixed > 1 or (fixed < 1 and not others)
        ):
            yield (
                f"the weights named for profile '{name}' sum to {exact(fixed)}, and the others "
                "cannot make that 1; name smaller ones, or all of them so that they sum to 1"
            )


def _stream_with(stream: Stream, formula: Formula, numbers: Numbers, words: Words) -> Stream:
    growth = numbers.get(f"growth.{stream.code}")
    data = words.get(f"need_data.{stream.code}")
    return replace(
        stream,
        outcome_share=numbers.get(f"outcome_share.{stream.code}", stream.outcome_share),
        need_profile=words.get(f"need_profile.{stream.code}", stream.need_profile),
        need_data=next((one for one in NEED_DATA if one == data), stream.need_data),
        lines=stream.lines if growth is None else _growing(stream, formula.years[1:], growth),
        growth_range=_held(stream.growth_range, growth),
    )


def _growing(stream: Stream, years: Sequence[FinancialYear], growth: Fraction) -> tuple[Line, ...]:
    """A stream's lines with one growth in each of some years, instead of what is declared."""
    if all(stream.growth(year) == growth for year in years):
        return stream.lines
    kept = [one for one in stream.lines if not (_is_growth(one) and one.year in years)]
    asked = [
        Line(kind="growth", name="asked", year=year, growth=growth, pence=0, source=ASKED)
        for year in years
        if growth
    ]
    return (*kept, *asked)


def _profile_with(profile: Profile, chosen: Numbers, words: Words) -> Profile:
    name = profile.head.name
    if isinstance(profile, PublishedProfile):
        eta = chosen.get(f"eta.{name}", profile.eta)
        word = words.get(f"population_basis.{name}")
        basis = next((one for one in POPULATION_BASES if one == word), profile.population_basis)
        eta_range = _holding(profile.eta_range, eta)
        return replace(profile, eta=eta, eta_range=eta_range, population_basis=basis)
    given = {
        one.name: chosen[f"theta.{name}.{one.name}"]
        for one in profile.components
        if f"theta.{name}.{one.name}" in chosen
    }
    if not given:
        return profile
    others = sum(one.theta for one in profile.components if one.name not in given)
    left = 1 - sum(given.values())
    thetas = [
        given[one.name] if one.name in given else one.theta * left / (others or 1)
        for one in profile.components
    ]
    return replace(
        profile,
        components=tuple(
            replace(one, theta=theta, theta_range=_holding(one.theta_range, theta))
            for one, theta in zip(profile.components, thetas, strict=True)
        ),
    )


def _held(
    held: tuple[Fraction, Fraction] | None, value: Fraction | None
) -> tuple[Fraction, Fraction] | None:
    """The same where there is a range, and a value is asked."""
    return held if held is None or value is None else _holding(held, value)


def _holding(held: tuple[Fraction, Fraction], value: Fraction) -> tuple[Fraction, Fraction]:
    """A range, widened to hold a value: what is asked need not be plausible."""
    return min(held[0], value), max(held[1], value)


def _rule_with(rule: BoundsRule, year: str, chosen: Numbers) -> BoundsRule:
    """The rule of a year; what is named for the year is stronger than for all years."""
    named = {
        key: chosen[name]
        for key in YEARLY
        for name in (f"bounds.{key}", f"bounds.{key}.{year}")
        if name in chosen
    }
    return replace(rule, **named) if named else rule
