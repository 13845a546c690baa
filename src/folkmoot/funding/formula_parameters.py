"""The numbers of a formula by name: what they are, and the formula with some of them changed.

In:        a formula; names and values, such as ``{"eta": Fraction("0.15")}``.
Out:       every ``Parameter`` that it has; or a new formula, whose version and digest say so.
Rule:      the weights of a profile sum to 1, so those that are not named keep their proportions
           and share what is left.
Not here:  what changes when they do (``what_if``); choices that are not numbers, such as which
           profile a stream has: a formula file declares those.
Source:    decision record 0015.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from hashlib import sha256

from folkmoot.funding.bounds import BoundsRule
from folkmoot.funding.errors import ParameterNameError
from folkmoot.funding.formula import Formula
from folkmoot.funding.formula_text import exact
from folkmoot.funding.profiles import CountedProfile, Profile, PublishedProfile

Values = Mapping[str, Fraction]
YEARLY = {
    "floor": "least change on last year's allocation",
    "ceiling": "greatest change on last year's allocation",
    "least_share": "least part of target",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One number of a formula."""

    name: str
    title: str
    value: Fraction | None
    """None where the formula has none, or has another in each year."""
    least: Fraction
    most: Fraction | None
    """None where there is no greatest."""
    plausible: tuple[Fraction, Fraction] | None = None
    """From least to most plausible, where that is declared."""
    year: str = ""
    """The one year that it is of, where there is another for all years."""

    @property
    def is_uncertain(self) -> bool:
        """Whether a range is declared within which the truth may lie."""
        return self.plausible is not None and self.plausible[0] < self.plausible[1]

    def is_plausible(self, value: Fraction) -> bool:
        """Whether a value lies in the range declared; any does where there is none."""
        if self.plausible is None or not self.is_uncertain:
            return True
        return self.plausible[0] <= value <= self.plausible[1]


def parameters(formula: Formula) -> dict[str, Parameter]:
    """Every number of a formula that decides an allocation, by name.

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
    elif profile.inequalities_table:
        yield Parameter(
            name=f"eta.{name}",
            title="part of need that goes by unequal health",
            value=profile.eta,
            least=Fraction(0),
            most=Fraction(1),
            plausible=profile.eta_range,
        )


def with_values(formula: Formula, values: Values) -> Formula:
    """A formula with some of its numbers changed.

    Parameters
    ----------
    values : mapping of str to Fraction
        By name, or by the shorter name that fits no other: ``theta.claimants`` where only one
        profile has such a component. ``eta`` is that of every profile which has one.

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
    chosen = full_names(values, known)
    problems = [
        *(_unknown(name, known) for name in values if not _named(name, known)),
        *_out_of_range(chosen, known),
        *_unequal_to_one(formula, chosen),
    ]
    if problems:
        names = [name for name, one in known.items() if not one.year]
        raise ParameterNameError(formula.version, problems, names)
    profiles = {name: _profile_with(profile, chosen) for name, profile in formula.profiles.items()}
    said = ", ".join(f"{name}={exact(value)}" for name, value in sorted(values.items()))
    return replace(
        formula,
        head=replace(formula.head, version=f"{formula.version} with {said}"),
        profiles=profiles,
        rules=tuple(
            _rule_with(rule, str(year), chosen)
            for year, rule in zip(formula.years, formula.rules, strict=True)
        ),
        modelled_need_weight=chosen.get("baseline.need_weight", formula.modelled_need_weight),
        entitlements=tuple(
            replace(one, pence=chosen.get(f"entitlement.{one.name}", one.pence))
            for one in formula.entitlements
        ),
        sha256={**formula.sha256, "changed": sha256(said.encode()).hexdigest()},
    )


def full_names(values: Values, known: Mapping[str, Parameter]) -> dict[str, Fraction]:
    """Values by the full names that theirs stand for; names that are not known are left out."""
    return {full: value for name, value in values.items() for full in _named(name, known)}


def _named(name: str, known: Mapping[str, Parameter]) -> tuple[str, ...]:
    """What a name stands for: itself, or all of a kind, or the one it is short for."""
    if name in known:
        return (name,)
    if name == "eta":
        return tuple(full for full in known if full.startswith("eta."))
    kind, _, rest = name.partition(".")
    short = [
        full for full in known if rest and full.startswith(f"{kind}.") and full.endswith(f".{rest}")
    ]
    return tuple(short) if len(short) == 1 else ()


def _unknown(name: str, known: Mapping[str, Parameter]) -> str:
    last = name.rpartition(".")[2]
    several = [full for full in known if full.endswith(f".{last}")]
    if len(several) > 1:
        return f"'{name}' fits more than one number; write one of: {', '.join(several)}"
    return f"it has no number '{name}'"


def _out_of_range(chosen: Values, known: Mapping[str, Parameter]) -> Iterator[str]:
    for name, value in chosen.items():
        one = known[name]
        if value < one.least or (one.most is not None and value > one.most):
            limit = f"{exact(one.least)} or more"
            if one.most is not None:
                limit = f"from {exact(one.least)} to {exact(one.most)}"
            yield f"'{name}' cannot be {exact(value)}; write a number {limit}"


def _unequal_to_one(formula: Formula, chosen: Values) -> Iterator[str]:
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


def _profile_with(profile: Profile, chosen: Values) -> Profile:
    name = profile.head.name
    if isinstance(profile, PublishedProfile):
        eta = chosen.get(f"eta.{name}", profile.eta)
        return replace(profile, eta=eta, eta_range=_holding(profile.eta_range, eta))
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


def _holding(held: tuple[Fraction, Fraction], value: Fraction) -> tuple[Fraction, Fraction]:
    """A range, widened to hold a value: what is asked need not be plausible."""
    return min(held[0], value), max(held[1], value)


def _rule_with(rule: BoundsRule, year: str, chosen: Values) -> BoundsRule:
    """The rule of a year; what is named for the year is stronger than for all years."""
    named = {
        key: chosen[name]
        for key in YEARLY
        for name in (f"bounds.{key}", f"bounds.{key}.{year}")
        if name in chosen
    }
    return replace(rule, **named) if named else rule
