"""Read the gates that stand before each group of functions, and elections beside settlements."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from moothall.centre.models import DevolutionPlan, Gate, SettlementStart


@dataclass(frozen=True, slots=True, kw_only=True)
class GateRow:
    """What one body must show in one theme, as the files hold it."""

    area: str
    group: str
    risk_class: str
    theme: str
    shadow_level: str
    vest_level: str
    vesting_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class GateAsked:
    """What every body must show before a group of functions vests: a level a theme."""

    group: str
    risk_class: str
    levels: tuple[tuple[str, str, str], ...]
    """Theme, level to run in shadow, level to vest."""
    first_day: date
    last_day: date
    """The earliest and the latest planned day of any area."""
    areas: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRow:
    """One settlement and the election before it."""

    settlement_years: int
    bridge_years: int
    """Of a short settlement before the first; 0: none."""
    start: date
    latest_election: date
    lag_years: int
    target_lag_years: int
    is_aligned: bool


def gates_of(plan: DevolutionPlan) -> tuple[GateAsked, ...]:
    """Return the gates in the order in which they are planned; alike areas are one."""
    groups: dict[str, list[Gate]] = defaultdict(list)
    for one in Gate.objects.filter(devolution_plan=plan):
        groups[one.group].append(one)
    found = [
        GateAsked(
            group=group.replace("-", " "),
            risk_class=gates[0].risk_class,
            levels=tuple(
                dict.fromkeys((one.theme, one.shadow_level, one.vest_level) for one in gates)
            ),
            first_day=min(one.vesting_day for one in gates),
            last_day=max(one.vesting_day for one in gates),
            areas=len({one.area_id for one in gates}),
        )
        for group, gates in groups.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.first_day, one.group)))


def gate_rows(plan: DevolutionPlan) -> tuple[GateRow, ...]:
    """Return every gate of every area."""
    return tuple(
        GateRow(
            area=one.area.code,
            group=one.group,
            risk_class=one.risk_class,
            theme=one.theme,
            shadow_level=one.shadow_level,
            vest_level=one.vest_level,
            vesting_day=one.vesting_day,
        )
        for one in Gate.objects.filter(devolution_plan=plan).select_related("area")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Starts:
    """Settlements of one length, with or without a bridge before them."""

    settlement_years: int
    bridge_years: int
    is_aligned: bool
    rows: tuple[StartRow, ...]


def starts_by_kind(plan: DevolutionPlan) -> tuple[Starts, ...]:
    """Return settlements grouped by length and bridge."""
    groups: dict[tuple[int, int], list[StartRow]] = defaultdict(list)
    for one in starts_of(plan):
        groups[one.settlement_years, one.bridge_years].append(one)
    return tuple(
        Starts(
            settlement_years=years,
            bridge_years=bridge,
            is_aligned=found[0].is_aligned,
            rows=tuple(found),
        )
        for (years, bridge), found in groups.items()
    )


def starts_of(plan: DevolutionPlan) -> tuple[StartRow, ...]:
    """Return settlements by their length and start."""
    return tuple(
        StartRow(
            settlement_years=one.settlement_years,
            bridge_years=one.bridge_years,
            start=one.start,
            latest_election=one.latest_election,
            lag_years=one.lag_years,
            target_lag_years=one.target_lag_years,
            is_aligned=one.is_aligned,
        )
        for one in SettlementStart.objects.filter(devolution_plan=plan)
    )
