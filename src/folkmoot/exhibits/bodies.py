"""The bodies that a plan proposes, with leaders and portfolios; settlements beside elections."""

from folkmoot.exhibits.sections import Section, folded, label, table, text
from folkmoot.exhibits.tables import Table
from folkmoot.plan.devolution import DevolutionPlan
from folkmoot.transition.elections import shipped_cycle
from folkmoot.transition.tables import PlannedStarts, planned_starts, settlement_start_rows


def bodies(plan: DevolutionPlan) -> Section:
    """Each body with the councils that form it, its leader's office and its cabinet."""
    drafted = plan.proposed
    return Section(
        anchor="bodies",
        title="One body, one leader, one cabinet",
        parts=(
            label(
                "A draft for each area to change: councils form a body, and a leader is "
                "an office, a mayor or a council leader. No person is named. Which councils may "
                "join by law, and how large a cabinet may be, is to check."
            ),
            text(
                f"{len(drafted.bodies)} bodies, each with one accountable leader. Every function "
                "that a body holds sits in exactly one portfolio."
            ),
            table(_body_table(plan)),
            folded("Portfolios and their functions", _portfolio_table(plan)),
        ),
    )


def elections(plan: DevolutionPlan) -> Section:
    """How long after an election each settlement starts."""
    cycle = shipped_cycle()
    found = planned_starts(plan.timetable)
    return Section(
        anchor="elections",
        title="Elections and settlements in step",
        parts=(
            text(
                f"A new leader has time to plan where a settlement starts {cycle.target_lag} year "
                f"after the election. {' '.join(map(_in_step, found))} The common cycle of "
                f"elections, every {cycle.every} years from {cycle.first_year}, is to check, "
                "council by council."
            ),
            table(
                Table.of(
                    "Each settlement and the election before it",
                    ("Length>", "After a bridge of>", "Starts", "Election before", "Between>"),
                    [
                        (f"{years}", f"{bridge or '–'}", f"{start}", f"{election}", f"{lag}")
                        for years, bridge, start, election, lag, *_ in settlement_start_rows(
                            found, cycle
                        )
                    ],
                    note="All in years. A bridge is a short first settlement.",
                )
            ),
        ),
    )


def _in_step(one: PlannedStarts) -> str:
    told = one.alignment
    after = f", after a bridge of {one.bridge_years}," if one.bridge_years else ""
    if not told.is_aligned:
        return f"Settlements of {told.years} years{after} are out of step."
    aimed = "as aimed at" if told.lags[0] == told.target_lag else "not as aimed at"
    lag = f"{told.lags[0]} after it every time, {aimed}"
    return f"Settlements of {told.years} years{after} start {lag}."


def _body_table(plan: DevolutionPlan) -> Table:
    leaders = {one.body: one for one in plan.proposed.leaders}
    return Table.of(
        "Bodies, councils and leaders, as drafted",
        ("Body", "Kind", "Councils", "Leader", "From"),
        [
            (
                one.name,
                one.kind.replace("_", " "),
                "; ".join(one.constituents),
                leaders[one.code].holder_title,
                f"{one.first_day:%-d %B %Y}",
            )
            for one in plan.proposed.bodies
        ],
    )


def _portfolio_table(plan: DevolutionPlan) -> Table:
    """Portfolios alike in every body in one row."""
    names = {one.code: one.name for one in plan.register.functions}
    alike: dict[tuple[str, tuple[str, ...]], int] = {}
    for one in plan.proposed.portfolios:
        key = one.title, tuple(names[programme] for programme in one.programmes)
        alike[key] = alike.get(key, 0) + 1
    return Table.of(
        "Portfolios, each held by an elected member",
        ("Portfolio", "Functions", "Bodies>"),
        [(title, "; ".join(held), f"{count}") for (title, held), count in alike.items()],
    )
