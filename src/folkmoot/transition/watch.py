"""What the centre watches, lightly: three short lists, few triggers, one step at a time.

In:        the framework's lists; what was observed in each area; the steps taken so far.
Out:       the burden of what is asked; triggers, each with its reason; the next step, or none.
Rule:      only what the lists hold is asked or watched. Rank, league position, distance from an
           average and a single point inside limits are no triggers: no field holds them.
Not here:  whether a worsening is more than chance (the outcomes room says so).
Source:    docs/decisions/0021-bodies-gates-and-the-centre.md.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal, get_args

from folkmoot.transition.errors import LadderError, OutsideFrameworkError
from folkmoot.transition.rules import FrameworkRules, shipped_rules
from folkmoot.vocabulary.codes import AreaCode

ListName = Literal["outcomes", "entitlements", "conditions"]
LISTS: tuple[ListName, ...] = get_args(ListName)
TriggerKind = Literal["entitlement", "worsening", "condition", "deferred", "ledger"]
TRIGGER_KINDS: tuple[TriggerKind, ...] = get_args(TriggerKind)

PROCESS_WORDS = ("waiting", "target", "within hours", "within days", "appointments")
"""Words that mark a measure of process, which belongs to the area."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """Something that every area sends to the centre."""

    name: str
    item: str
    """The item of the framework that it is for."""
    returns_a_year: int
    fields: int

    @property
    def burden(self) -> int:
        """Cells that an area fills in a year."""
        return self.returns_a_year * self.fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """One version of what the centre asks of areas.

    Raises
    ------
    OutsideFrameworkError
        If a list is longer than allowed, or a return is for nothing that is listed.
    """

    version: int
    outcomes: tuple[str, ...] = ()
    entitlements: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    returns: tuple[Return, ...] = ()
    says_burden_rises: bool = False
    """Whether this version says that it asks for more than the one before."""

    def __post_init__(self) -> None:
        most = shipped_rules().framework.most
        for name in LISTS:
            if len(getattr(self, name)) > most[name]:
                raise OutsideFrameworkError(
                    f"The framework lists {len(getattr(self, name))} {name}; "
                    f"{most[name]} is the most.",
                    "Drop the least, or leave it to the areas.",
                )
        for one in self.returns:
            self.check_asks(one.item)

    @property
    def items(self) -> frozenset[str]:
        """Everything that is listed."""
        return frozenset((*self.outcomes, *self.entitlements, *self.conditions))

    @property
    def burden(self) -> int:
        """Cells that an area fills in a year, all returns together."""
        return sum(one.burden for one in self.returns)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Outcomes that look like targets of process."""
        return tuple(
            f"'{one}' looks like a target of process. How services are run belongs to the area: "
            "agree the outcome that it is meant to bring."
            for one in self.outcomes
            if any(word in one.casefold() for word in PROCESS_WORDS)
        )

    def check_asks(self, item: str) -> None:
        """Refuse a request for something that no list holds.

        Raises
        ------
        OutsideFrameworkError
            If it is not listed.
        """
        if item not in self.items:
            raise OutsideFrameworkError(
                f"'{item}' is on no list of framework version {self.version}.",
                "Do without it, or agree an amendment that both sides sign.",
            )

    def check_follows(self, before: "Framework") -> None:
        """Refuse a version that asks for more and does not say so.

        Raises
        ------
        OutsideFrameworkError
            If the burden rises in silence.
        """
        if self.burden > before.burden and not self.says_burden_rises:
            raise OutsideFrameworkError(
                f"Version {self.version} asks for {self.burden:,} cells a year, version "
                f"{before.version} for {before.burden:,}, and it does not say so.",
                "Say that the burden rises, and why; or drop a return.",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What was observed in one area and period, as far as it can be a trigger."""

    area: AreaCode
    period: int
    """Periods are numbered, the first 1."""
    entitlements_not_met: Mapping[str, str] = field(default_factory=dict)
    """By entitlement, the named group for which it is not met."""
    worsened: frozenset[str] = frozenset()
    """Agreed outcomes with special-cause worsening, as the outcomes room finds."""
    conditions_breached: frozenset[str] = frozenset()
    deferred_groups: frozenset[str] = frozenset()
    """Groups of functions deferred as often as the rules name."""
    ledger_balances: bool = True


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Trigger:
    """A reason for the centre to take notice of an area."""

    area: AreaCode
    kind: TriggerKind
    about: str
    reason: str = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderStep:
    """A step that was taken in an area about one trigger.

    Raises
    ------
    LadderError
        If nobody decided it, nothing shows it, no reason or review is given; or if the last
        step has no statute, scope or end.
    """

    area: AreaCode
    about: str
    step: str
    decider: str
    reason: str
    evidence: str
    taken_on: date
    review_on: date
    statute: str = ""
    scope: str = ""
    end_day: date | None = None
    danger_to_life: bool = False
    """The one ground on which steps may be skipped."""

    def __post_init__(self) -> None:
        steps = shipped_rules().framework.steps
        if self.step not in steps:
            raise self._refused("it is no step.", f"Known: {', '.join(steps)}.")
        for name in ("decider", "reason", "evidence"):
            if not getattr(self, name):
                raise self._refused(f"it names no {name}.", f"Give the {name}.")
        if self.review_on <= self.taken_on:
            raise self._refused("its review is not after it.", "Choose a later review day.")
        if self.step == steps[-1] and not (self.statute and self.scope and self.end_day):
            raise self._refused(
                "it has no statute, scope or end day.", "Name all three, or take no such step."
            )

    def _refused(self, problem: str, mend: str) -> LadderError:
        return LadderError(self.area, self.step, problem, mend)


def triggers(
    observed: Sequence[Watched], framework: Framework, *, rules: FrameworkRules | None = None
) -> tuple[Trigger, ...]:
    """What the centre may act on, from all periods until the last; sorted by area.

    An entitlement counts when it is not met for the same group in the period before too; a
    worsening when it is found in ``worse_periods`` periods running.

    Raises
    ------
    OutsideFrameworkError
        If something was observed that the framework does not list.
    """
    rules = rules or shipped_rules().framework
    by_area: dict[AreaCode, dict[int, Watched]] = defaultdict(dict)
    for one in observed:
        for item in (*one.entitlements_not_met, *one.worsened, *one.conditions_breached):
            framework.check_asks(item)
        by_area[one.area][one.period] = one
    last = max((one.period for one in observed), default=0)
    return tuple(
        sorted(
            found
            for area, periods in by_area.items()
            for found in _triggers(area, periods, last, rules)
        )
    )


def next_step(
    trigger: Trigger, taken: Sequence[LadderStep], *, rules: FrameworkRules | None = None
) -> str | None:
    """The step that may be taken next about a trigger; None when the last was taken."""
    steps = (rules or shipped_rules().framework).steps
    reached = _reached(trigger.area, trigger.about, taken, steps)
    return steps[reached] if reached < len(steps) else None


def check_step(
    step: LadderStep, taken: Sequence[LadderStep], *, rules: FrameworkRules | None = None
) -> None:
    """Refuse a step that skips another, save for danger to life.

    Raises
    ------
    LadderError
        With the step that comes first.
    """
    steps = (rules or shipped_rules().framework).steps
    reached = _reached(step.area, step.about, taken, steps)
    if steps.index(step.step) > reached and not step.danger_to_life:
        raise LadderError(
            step.area,
            step.step,
            f"'{steps[reached]}' comes before it.",
            f"Take that first, or show danger to life. A reply is due in "
            f"{shipped_rules().framework.reply_days} days.",
        )


def reply_due(step: LadderStep, *, rules: FrameworkRules | None = None) -> date:
    """The day by which an area replies."""
    return step.taken_on + timedelta(days=(rules or shipped_rules().framework).reply_days)


def standing_steps(
    taken: Sequence[LadderStep],
    fired: Sequence[Sequence[Trigger]],
    *,
    rules: FrameworkRules | None = None,
) -> tuple[LadderStep, ...]:
    """The steps that still stand.

    Parameters
    ----------
    fired : sequence of sequences of Trigger
        The triggers of each period, the latest last. A step ends by itself when its trigger
        has been clear for ``clear_periods``.
    """
    clear = (rules or shipped_rules().framework).clear_periods
    recent = fired[-clear:]
    if len(recent) < clear:
        return tuple(taken)
    alive = {(one.area, one.about) for period in recent for one in period}
    return tuple(step for step in taken if (step.area, step.about) in alive)


def _triggers(
    area: AreaCode, periods: Mapping[int, Watched], last: int, rules: FrameworkRules
) -> Iterator[Trigger]:
    now, before = periods.get(last), periods.get(last - 1)
    if now is None:
        return
    for item, group in now.entitlements_not_met.items():
        if before is not None and before.entitlements_not_met.get(item) == group:
            reason = f"not met for {group}, and confirmed over a second period"
            yield Trigger(area=area, kind="entitlement", about=item, reason=reason)
    running = [periods.get(last - back) for back in range(rules.worse_periods)]
    for item in now.worsened:
        if all(one is not None and item in one.worsened for one in running):
            reason = f"worse, beyond chance, in {rules.worse_periods} periods running"
            yield Trigger(area=area, kind="worsening", about=item, reason=reason)
    for item in now.conditions_breached:
        yield Trigger(area=area, kind="condition", about=item, reason="the condition is breached")
    for group in now.deferred_groups:
        reason = "its gate was closed on three vesting days"
        yield Trigger(area=area, kind="deferred", about=group, reason=reason)
    if not now.ledger_balances:
        reason = "what came in is not what went out"
        yield Trigger(area=area, kind="ledger", about="ledger", reason=reason)


def _reached(area: AreaCode, about: str, taken: Sequence[LadderStep], steps: Sequence[str]) -> int:
    """How many steps have been taken about one thing in one area."""
    here = [steps.index(one.step) for one in taken if (one.area, one.about) == (area, about)]
    return max(here, default=-1) + 1
