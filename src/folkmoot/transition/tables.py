"""Rows of the tables in which a transition is published.

In:        a timetable, a register, the bodies that are proposed, settlements and elections.
Out:       rows under the columns named here; those of bodies, leaders, portfolios and successions
           are a transition folder's, so that each table can be kept on as it stands.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from folkmoot.services.register import Register
from folkmoot.transition.bodies import Body, Leader, Portfolio
from folkmoot.transition.elections import Alignment, ElectionCycle, shipped_cycle
from folkmoot.transition.gates import SHOWN, vesting_groups
from folkmoot.transition.rules import shipped_rules
from folkmoot.transition.succession import successions_of
from folkmoot.transition.timetable import Timetable
from folkmoot.vocabulary.codes import AreaCode
from folkmoot.vocabulary.periods import FinancialYear

TIMETABLE_COLUMNS = (
    *("task", "title", "area", "kind", "months", "first_day", "last_day", "waits_for", "phase"),
    *("wait_months", "float_months", "functions"),
)


def timetable_rows(timetable: Timetable) -> Iterator[tuple[str | int, ...]]:
    """One row a task, in an order in which each comes after those it waits for."""
    for dated in timetable.dated:
        task = dated.task
        yield (
            *(task.code, task.title, task.area or "", task.kind, task.months),
            *(dated.first_day.isoformat(), dated.last_day.isoformat()),
            *("; ".join(sorted(task.after)), task.phase),
            *(dated.wait_months, dated.float_months, "; ".join(task.functions)),
        )


SUCCESSION_COLUMNS = (
    *("function", "blocks", "from_body", "to_body", "vesting_day", "instrument", "phase"),
    *("reason", "together"),
)
"""As a transition folder has them: the table can be kept on as its successions.csv."""

GATE_COLUMNS = ("body", "group", "risk_class", "theme", "shadow_level", "vest_level", "vesting_day")


def succession_rows(register: Register, timetable: Timetable) -> Iterator[tuple[str, ...]]:
    """What passes from whom to whom, where and when: one row a function, pair of bodies, day."""
    phases = {
        function: one.task.phase for one in timetable.dated for function in one.task.functions
    }
    for one in successions_of(register):
        joint = one.arrangement
        others = [] if joint is None else [area for area in joint.areas if area != joint.lead]
        together = [] if joint is None else [joint.lead, *others]
        yield (
            *(one.function, "; ".join(one.blocks), one.from_body, one.to_body),
            *(one.vesting_day.isoformat(), one.instrument, phases.get(one.function, "")),
            *(one.reason, "; ".join(together)),
        )


def gate_rows(timetable: Timetable) -> Iterator[tuple[str, ...]]:
    """What every body must show, by theme, before each group of functions vests in it."""
    rules = shipped_rules().readiness
    steps = [
        (one.task.code, one.task.area or AreaCode(""), one.first_day) for one in timetable.dated
    ]
    planned = vesting_groups(steps)
    for (body, group), day in sorted(planned.items(), key=lambda one: (one[0][0], one[1])):
        asked = rules.class_of[group]
        for theme in rules.themes:
            yield (
                *(body, group, asked.code, theme.code, rules.levels[asked.shadow - 1]),
                *(rules.levels[asked.vest[theme.code] - 1], day.isoformat()),
            )
        if group in rules.pilot_groups:
            yield (body, group, asked.code, rules.pilot.code, "", SHOWN, day.isoformat())


BODY_COLUMNS = (
    *("body", "name", "kind", "blocks", "constituents", "first_day", "last_day", "instrument"),
    "offices",
)
LEADER_COLUMNS = ("body", "kind", "holder_title", "first_day", "last_day", "basis")
PORTFOLIO_COLUMNS = (
    *("portfolio", "body", "title", "programmes", "held_by", "first_day", "last_day"),
)
SETTLEMENT_START_COLUMNS = (
    *("settlement_years", "bridge_years", "start", "latest_election", "lag_years"),
    *("target_lag_years", "is_aligned"),
)
SETTLEMENTS_SHOWN = 5
"""Settlements of each length that are set beside elections: a cycle of both and one more."""


def body_rows(bodies: Sequence[Body]) -> Iterator[tuple[str, ...]]:
    """One row a body; a council is written with its blocks."""
    for one in bodies:
        councils = (f"{name}: {' '.join(blocks)}" for name, blocks in one.constituents.items())
        yield (
            *(one.code, one.name, one.kind, "; ".join(one.blocks), "; ".join(councils)),
            *(one.first_day.isoformat(), _day(one.last_day), one.instrument),
            "; ".join(one.offices),
        )


def leader_rows(leaders: Sequence[Leader]) -> Iterator[tuple[str, ...]]:
    """One row a leader's office."""
    for one in leaders:
        yield (
            *(one.body, one.kind, one.holder_title, one.first_day.isoformat()),
            *(_day(one.last_day), one.basis),
        )


def portfolio_rows(portfolios: Sequence[Portfolio]) -> Iterator[tuple[str, ...]]:
    """One row a portfolio."""
    for one in portfolios:
        yield (
            *(one.code, one.body, one.title, "; ".join(one.programmes), one.held_by),
            *(one.first_day.isoformat(), _day(one.last_day)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStarts:
    """Settlements of one length, after a short first one that brings them into step, or none."""

    bridge_years: int
    """Length of the short first settlement; 0: none."""
    alignment: Alignment


def planned_starts(timetable: Timetable) -> tuple[PlannedStarts, ...]:
    """Settlements from the first vesting in an area on.

    As long as from one election to the next, at once and, where that is needed to start at the lag
    aimed at, after a bridge; and as long as is allowed.
    """
    cycle = shipped_cycle()
    vests = [one.first_day.year for one in timetable.dated if one.task.is_vesting and one.task.area]
    first = min(vests, default=timetable.end.year)
    kinds = {(cycle.every, 0), (cycle.every, cycle.bridge(first)), (cycle.longest_settlement, 0)}
    return tuple(
        PlannedStarts(
            bridge_years=bridge,
            alignment=cycle.alignment(
                first_start=first + bridge, years=years, settlements=SETTLEMENTS_SHOWN
            ),
        )
        for years, bridge in sorted(kinds)
    )


def settlement_start_rows(
    planned: Sequence[PlannedStarts], cycle: ElectionCycle
) -> Iterator[tuple[str | int, ...]]:
    """One row a settlement: its start, the election before it, and the years between."""
    for one in planned:
        told = one.alignment
        for start, lag in zip(told.starts, told.lags, strict=True):
            yield (
                *(told.years, one.bridge_years, FinancialYear(start).first_day.isoformat()),
                *(cycle.latest_election(start).isoformat(), lag, told.target_lag),
                "yes" if told.is_aligned else "no",
            )


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()
