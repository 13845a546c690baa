"""What is wrong with an outcome as it is written, why that matters, and a better form.

In:        written outcomes (``outcomes.design``); the packaged templates.
Out:       findings, each with its figures.
Rule:      a finding is an observation, not a verdict: a word may mislead, and whoever wrote the
           outcome knows more. Nothing is changed.
Source:    our own list; parameters/outcome_design.toml holds its limits and words.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from folkmoot.outcomes.design import OutcomeTemplate, WrittenOutcome, templates
from folkmoot.outcomes.power import Power, power_of
from folkmoot.parameters.reader import packaged

Rule = Literal[
    "output or input",
    "nobody can attribute it",
    "measured by the provider alone",
    "too late to pay for",
    "no baseline",
    "too rare to measure",
    "easy to game",
    "unequal across groups",
]
RULES: tuple[Rule, ...] = get_args(Rule)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to look at again."""

    outcome: str
    rule: Rule
    why: str
    better: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the rules go by."""

    alpha: float
    power: float
    groups_apart: float
    output_words: tuple[str, ...]
    input_words: tuple[str, ...]


@cache
def limits() -> Limits:
    """The limits of parameters/outcome_design.toml."""
    file = packaged("outcome_design.toml")
    test, words = file.section("test"), file.section("words")
    found = Limits(
        alpha=float(test.ratio("alpha", least=0, most=1)),
        power=float(test.ratio("power", least=0, most=1)),
        groups_apart=float(file.section("groups").ratio("apart", least=1)),
        output_words=words.texts("output"),
        input_words=words.texts("input"),
    )
    file.check()
    return found


@cache
def payment_beside() -> str:
    """What part of a contract waits for outcomes elsewhere, in words."""
    name = packaged("outcome_design.toml").section("payment").text("beside")
    file = packaged("figures.toml")
    figure = file.section("figure").section(name)
    said, note = figure.text("published_text"), figure.text("note").rstrip(".")
    source = file.section("source").section(figure.text("source"))
    told = f"{source.text('publisher')}, {source.text('title')}"
    file.check()
    return f"Probation, for comparison: about {said} {note[0].lower()}{note[1:]} ({told})"


def lint(outcomes: Iterable[WrittenOutcome]) -> tuple[Finding, ...]:
    """Look at each outcome by every rule, in the order of the rules."""
    return tuple(found for one in outcomes for check in CHECKS for found in check(one))


def nearest_template(one: WrittenOutcome) -> OutcomeTemplate | None:
    """The template of the same stream whose words are most alike; None where none shares any.

    A word counts the more, the fewer templates use it; those of the cohort count twice.
    """
    parts = (_words, _cohort_words)
    scored = [
        (sum(_alike(part(one), part(it), part) for part in parts), -n, it)
        for n, it in enumerate(templates())
        if not one.stream or it.stream == one.stream
    ]
    best = max(scored, default=(0.0, 0, None), key=lambda found: found[:2])
    return best[2] if best[0] else None


Words = frozenset[str]


def _alike(mine: Words, words: Words, part: Callable[[OutcomeTemplate], Words]) -> float:
    return sum(1.0 / sum(word in part(it) for it in templates()) for word in mine & words)


def _words(one: WrittenOutcome | OutcomeTemplate) -> Words:
    """Words of four letters or more, which carry the sense."""
    text = f"{one.name} {one.definition} {one.cohort} {one.indicator}"
    return frozenset(re.findall(r"[a-z]{4,}", text.casefold()))


def _cohort_words(one: WrittenOutcome | OutcomeTemplate) -> Words:
    return frozenset(re.findall(r"[a-z]{4,}", one.cohort.casefold()))


def _finding(one: WrittenOutcome, rule: Rule, why: str, better: str) -> Finding:
    return Finding(outcome=one.code, rule=rule, why=why, better=better)


def _output(one: WrittenOutcome) -> Iterator[Finding]:
    held = limits()
    text = f"{one.name}. {one.definition}. {one.indicator}".casefold()
    met = {
        level: [word for word in words if re.search(rf"\b{re.escape(word)}\b", text)]
        for level, words in (("output", held.output_words), ("input", held.input_words))
    }
    level = one.level if one.level in met else next((it for it, said in met.items() if said), None)
    if level is None:
        return
    is_declared = one.level == level
    said = ", ".join(f"'{word}'" for word in met[level])
    why = f"It is declared an {level}" if is_declared else f"It reads like an {level}"
    why += f" ({said})" if said else ""
    done = "done" if level == "output" else "used"
    model = nearest_template(one)
    yield _finding(
        one,
        "output or input",
        f"{why}: it counts what is {done}, and can be reached with nobody better off.",
        f"Pay for what changes: '{model.name}' ({model.definition})."
        if model
        else "Ask what a person can do afterwards that they could not before, and pay for that.",
    )


def _attribution(one: WrittenOutcome) -> Iterator[Finding]:
    if one.attribution == "none":
        why = "Nothing says what would have happened without the service, so luck is paid for too."
    elif one.attribution == "before_and_after":
        why = (
            "Before and after alone cannot tell the service from the times: work, prices and the "
            "courts change too, and people who join at their worst get better anyway."
        )
    else:
        return
    yield _finding(
        one,
        "nobody can attribute it",
        why,
        "Name people alike who are not offered it, at the same time: by lot where it cannot be "
        "offered to all, by area or start date otherwise. Pay for the difference.",
    )


def _measurer(one: WrittenOutcome) -> Iterator[Finding]:
    if one.measured_by == "provider" and not one.checked_by:
        model = nearest_template(one)
        yield _finding(
            one,
            "measured by the provider alone",
            "Who is paid for the figure makes the figure, and nobody else looks at it.",
            f"Measure it by {model.data_source}."
            if model
            else "Use records that others keep, or have a sample measured again by someone else.",
        )


def _timing(one: WrittenOutcome) -> Iterator[Finding]:
    if one.months_to_show > one.months_paid:
        late = one.months_to_show - one.months_paid
        yield _finding(
            one,
            "too late to pay for",
            f"It can be measured {one.months_to_show} months after joining, and the last payment "
            f"is after {one.months_paid}.",
            f"Lengthen the time of payment by {late} months, hold a part back until then, or pay "
            "for an earlier step that is known to lead to it.",
        )


def _baseline(one: WrittenOutcome) -> Iterator[Finding]:
    if one.baseline is None or not one.baseline_from:
        lacks = "No figure says" if one.baseline is None else "No source says"
        model = nearest_template(one)
        where = f": {model.baseline}" if model else ""
        yield _finding(
            one,
            "no baseline",
            f"{lacks} how many such people reach it anyway, so a price cannot be set: deadweight "
            "is paid for.",
            f"Measure it before the tender, and publish it{where}.",
        )


def outcome_power(one: WrittenOutcome) -> Power | None:
    """What the cohort can show; None where baseline or aim is not known."""
    if one.baseline is None or one.aim is None:
        return None
    held = limits()
    return power_of(one.people, one.baseline, one.aim, alpha=held.alpha, power=held.power)


def _rarity(one: WrittenOutcome) -> Iterator[Finding]:
    held, found = limits(), outcome_power(one)
    if found is None or found.power >= held.power:
        return
    people = f"{'' if found.is_exact else 'about '}{found.needed:,}"
    could = (
        "no change at all"
        if found.detectable is None
        else f"a change of {_points(found.detectable)} or more"
    )
    yield _finding(
        one,
        "too rare to measure",
        f"Of {one.people:,} people, {one.baseline:.2%} reach it anyway and {one.aim:.2%} are hoped "
        f"for: such a change would show in {in_years(found.power)} (exact test, one side, "
        f"{held.alpha:g}). So many people can show {could}.",
        f"Count {people} people, over more years or areas together; or pay for something more "
        "common that leads to it.",
    )


def in_years(power: float) -> str:
    """How often a change would show, in words.

    Examples
    --------
    >>> in_years(0.8), in_years(0.001)
    ('80% of years', 'under 1% of years')
    """
    return f"{power:.0%} of years" if power >= 0.01 else "under 1% of years"


def _points(change: float) -> str:
    return f"{change * 100:.1f} points in 100"


def _gaming(one: WrittenOutcome) -> Iterator[Finding]:
    ways, mends = [], []
    if one.pays_for == "threshold":
        ways.append(
            "nothing is paid below a share, so the last people before it are worth everything "
            "and those after it nothing"
        )
        mends.append("pay for every person who reaches it")
    if one.chosen_by == "provider" and not one.pays_more_for_harder:
        ways.append(
            "the provider decides who joins, at one price, so those who would do well anyway are "
            "the best to take (creaming)"
        )
        mends.append("let someone else decide who joins, and pay more for those who start lower")
    if not ways:
        return
    model = nearest_template(one)
    known = f" Known of outcomes like it: {'; '.join(model.gaming)}." if model else ""
    yield _finding(
        one,
        "easy to game",
        f"{_sentence('; '.join(ways))}.{known}",
        f"{_sentence('; '.join(mends))}.",
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _equality(one: WrittenOutcome) -> Iterator[Finding]:
    if not one.by_group:
        yield _finding(
            one,
            "unequal across groups",
            "It is not looked at for groups apart, so it can be reached while some get nothing.",
            "Publish it by age, sex, ethnic group, disability and neighbourhood, those with "
            "fewer than ten people joined.",
        )
    rates = {name: rate for name, rate in one.groups.items() if rate > 0}
    if len(rates) < 2 or one.pays_more_for_harder:
        return
    easy, hard = max(rates, key=rates.__getitem__), min(rates, key=rates.__getitem__)
    if one.polarity == "lower_is_better":
        easy, hard = hard, easy
    apart = max(rates.values()) / min(rates.values())
    if apart >= limits().groups_apart:
        yield _finding(
            one,
            "unequal across groups",
            f"'{easy}' start at {rates[easy]:.1%} and '{hard}' at {rates[hard]:.1%}, {apart:.2f} "
            "times apart, and one price is paid for both: the harder are not worth helping.",
            f"Pay more for '{hard}', by how much less often they reach it, or set an aim for each.",
        )


CHECKS: tuple[Callable[[WrittenOutcome], Iterator[Finding]], ...] = (
    _output,
    _attribution,
    _measurer,
    _timing,
    _baseline,
    _rarity,
    _gaming,
    _equality,
)
"""One a rule, in the order of ``RULES``."""
