"""The bodies that a plan proposes, with leaders and portfolios; and settlements beside elections."""

from folkmoot.exhibits.sections import Section, folded, label, table, text
from folkmoot.exhibits.tables import Table
from folkmoot.plan.devolution import DevolutionPlan
from folkmoot.transition.elections import shipped_cycle
from folkmoot.transition.tables import planned_alignments, settlement_start_rows


def bodies(plan: DevolutionPlan) -> Section:
    """Each body with the councils that form it, its leader's office and its cabinet."""
    drafted = plan.proposed
    return Section(
        anchor="bodies",
        title="One body, one leader, one cabinet",
        parts=(
            label(
                "A draft for each area to change: a body is formed by its councils, and a leader is "
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
    found = planned_alignments(plan.timetable)
    told = "; ".join(
        f"of {one.years} years: {'in step at every start' if one.is_aligned else 'out of step'}"
        for one in found
    )
    return Section(
        anchor="elections",
        title="Elections and settlements in step",
        parts=(
            text(
                f"A new leader needs {cycle.target_lag} year from the election to plan before a "
                f"settlement starts. Settlements {told}. The common cycle of elections every "
                f"{cycle.every} years from {cycle.first_year} is to check, council by council."
            ),
            table(
                Table.of(
                    "Each settlement and the election before it",
                    ("Years>", "Starts", "Election before", "Years between>", "As aimed at?"),
                    [
                        (
                            f"{years}",
                            f"{start}",
                            f"{election}",
                            f"{lag}",
                            "yes" if lag == target else "no",
                        )
                        for years, start, election, lag, target, _ in settlement_start_rows(
                            found, cycle
                        )
                    ],
                )
            ),
        ),
    )


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
