"""Test whether a service should be devolved, shared between areas, or kept at the centre.

In:        facts about a service; who lives in the areas of a plan, and which areas touch.
Out:       the results that the facts allow, every rule that fired, and what is not known.
Rule:      the default is to devolve: the centre must give a reason. A missing fact widens
           the set of possible results; it is never guessed.
Not here:  the facts themselves (``parameters/devolution_test.toml``).
Source:    docs/decisions/0007-who-is-accountable.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from folkmoot.services.facts import ServiceFacts, Thresholds
from folkmoot.services.interval import Interval
from folkmoot.services.neighbours import Neighbours
from folkmoot.vocabulary.codes import AreaCode, FunctionCode

Result = Literal["devolve", "devolve_with_entitlement", "joint", "retain"]
RESULTS: tuple[Result, ...] = ("devolve", "devolve_with_entitlement", "joint", "retain")
"""From the weakest to the strongest: where two rules differ, the stronger decides."""

REASONS = {
    "R1": "the same everywhere by design; gains spread beyond any area",
    "R2a": "every area can hold a market",
    "R2b": "too rare for one area, not for neighbours",
    "R2c": "too rare for a local market to be overseen",
    "R3": "a benefit rate is a national rule; help into work is not",
    "R4": "outside the proposal: it devolves probation and youth justice, not prisons",
    "R5": "most users come from elsewhere",
    "R6": "stays universal: a floor goes with it",
    "default": "no rule gives the centre a reason to keep it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one rule says of a service."""

    rule: str
    allows: tuple[Result | None, ...]
    """The results it may ask for; None where it asks for nothing."""
    inputs: str = ""
    needs: tuple[str, ...] = ()
    """Facts without which the rule cannot tell."""

    @property
    def fired(self) -> bool:
        """Whether the rule certainly asks for a result."""
        return len(self.allows) == 1 and self.allows[0] is not None

    @property
    def reason(self) -> str:
        """The rule's reason, as pages print it."""
        return REASONS.get(self.rule, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class TestResult:
    """What the rules make of a service in one area plan."""

    __test__ = False  # the name is the field's; pytest must not collect it
    service: FunctionCode
    possible: tuple[Result, ...]
    """From weakest to strongest; one when the facts suffice."""
    findings: tuple[Finding, ...]
    planned_among: Interval
    reach: Fraction | None
    """Share of areas that can hold the service alone; None when not known."""
    join: int | None
    """Fewest areas that must join so that each can hold it; None: more, or not known."""
    short_areas: tuple[AreaCode, ...]
    """Areas too small to hold it alone, as far as is known."""

    @property
    def result(self) -> Result | None:
        """The result, or None when the facts allow more than one."""
        return self.possible[0] if len(self.possible) == 1 else None

    @property
    def strongest(self) -> Result:
        """The strongest result possible: what holds until the facts are in."""
        return self.possible[-1]

    @property
    def fired(self) -> tuple[Finding, ...]:
        """Every rule that certainly asks for a result."""
        return tuple(finding for finding in self.findings if finding.fired)

    @property
    def needs(self) -> tuple[str, ...]:
        """Facts that are missing, where they could change the result."""
        if self.result is not None:
            return ()
        return tuple(dict.fromkeys(need for one in self.findings for need in one.needs))

    @property
    def decided_by(self) -> str | None:
        """The rule that decided, ``default`` if none did; None when it is open."""
        if self.result is None:
            return None
        deciding = [one.rule for one in self.fired if one.allows == (self.result,)]
        return deciding[0] if deciding and self.result != "devolve" else "default"

    @property
    def reason(self) -> str:
        """Why, in words for people."""
        if self.decided_by is None:
            needs = ", ".join(need.replace("_", " ") for need in self.needs)
            return f"cannot yet tell: needs {needs}"
        return REASONS[self.decided_by]


def assess(facts: ServiceFacts, neighbours: Neighbours, thresholds: Thresholds) -> TestResult:
    """Apply every rule to a service; the strongest result decides.

    Raises
    ------
    TestInputError
        If published and implied planning populations contradict each other.
    """
    people = facts.planned_among(thresholds)
    findings = (
        _if_true("R1", "must_be_identical", facts.must_be_identical, "retain"),
        _rarity(facts, people, neighbours, thresholds),
        _if_true("R3", "pays_cash_by_national_rule", facts.pays_cash_by_national_rule, "retain"),
        _if_true("R4", "custody", facts.custody, "retain"),
        _travel(facts, thresholds),
        _if_true("R6", "legal_entitlement", facts.legal_entitlement, "devolve_with_entitlement"),
    )
    known = people.most
    return TestResult(
        service=facts.service,
        possible=_combined(findings),
        findings=findings,
        planned_among=people,
        reach=None if known is None else _reach(known, neighbours),
        join=None if known is None else neighbours.join(-(-known.numerator // known.denominator)),
        short_areas=tuple(
            area
            for area, residents in zip(neighbours.areas, neighbours.populations, strict=True)
            if residents < (known or people.least or 0)
        ),
    )


def _combined(findings: Sequence[Finding]) -> tuple[Result, ...]:
    """Every result that some choice of what each rule allows would give."""
    possible = {0}
    for finding in findings:
        ranks = {0 if one is None else RESULTS.index(one) for one in finding.allows}
        possible = {max(one, other) for one in possible for other in ranks}
    return tuple(RESULTS[rank] for rank in sorted(possible))


def _if_true(rule: str, fact: str, value: bool | None, result: Result) -> Finding:  # noqa: FBT001 - the fact is the argument
    """A rule that rests on one yes or no."""
    if value is None:
        return Finding(rule=rule, allows=(None, result), needs=(fact,))
    allows = (result,) if value else (None,)
    return Finding(rule=rule, allows=allows, inputs=f"{fact} = {str(value).lower()}")


def _rarity(
    facts: ServiceFacts, people: Interval, neighbours: Neighbours, thresholds: Thresholds
) -> Finding:
    """Rules R2a to R2c: whether each area, or each with its neighbours, can hold a market."""
    alone = neighbours.smallest()
    together = neighbours.smallest_best(thresholds.joint_areas)
    least = people.least or 0
    allowed: dict[str, Result] = {}
    if least <= alone:
        allowed["R2a"] = "devolve"
    if alone < together and least <= together and not _is_at_most(people.most, alone):
        allowed["R2b"] = "joint"
    if not _is_at_most(people.most, together):
        allowed["R2c"] = "retain"
    missing = [fact for fact in ("incidence", "safe_volume") if getattr(facts, fact) is None]
    return Finding(
        rule=next(iter(allowed)) if len(allowed) == 1 else "R2",
        allows=tuple(allowed.values()),
        inputs=f"planned among {_people(people)}; smallest area {alone:,}; "
        f"smallest reach of {thresholds.joint_areas} neighbours {together:,}",
        needs=tuple(missing or ["planning_population"]) if len(allowed) > 1 else (),
    )


def _travel(facts: ServiceFacts, thresholds: Thresholds) -> Finding:
    """Rule R5: whether most users live outside the area that treats them."""
    share = facts.outside_share
    if share is None:
        return Finding(rule="R5", allows=(None, "joint"), needs=("outside_share",))
    limit = thresholds.outside_share
    if _is_at_most(share.most, limit):
        return Finding(rule="R5", allows=(None,), inputs=f"outside_share at most {limit}")
    if share.least is not None and share.least > limit:
        return Finding(rule="R5", allows=("joint",), inputs=f"outside_share above {limit}")
    return Finding(rule="R5", allows=(None, "joint"), needs=("outside_share",))


def _reach(people: Fraction, neighbours: Neighbours) -> Fraction:
    """Share of areas with at least this many residents."""
    enough = sum(residents >= people for residents in neighbours.populations)
    return Fraction(enough, len(neighbours.populations))


def _is_at_most(value: Fraction | None, limit: Fraction | int) -> bool:
    """Whether an upper limit is known and no greater than another."""
    return value is not None and value <= limit


def _people(interval: Interval) -> str:
    """Limits of a planning population in words."""
    least = f"at least {int(interval.least):,}" if interval.least else ""
    most = f"at most {int(interval.most):,}" if interval.most is not None else ""
    if interval.least is not None and interval.least == interval.most:
        return f"{int(interval.least):,} people"
    return " and ".join(filter(None, (least, most))) + " people" if least or most else "unknown"
