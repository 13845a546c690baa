"""Measure a transition: dates, chances, bodies, successions, gates and what is watched.

In:        the packaged England, its merged health boards and the shipped phases.
Out:       rows for ``tools/bench.py``: what, measured, goal.
"""

from datetime import date

from tools.timing import Row, fastest

from folkmoot import england
from folkmoot.areas.baselines import baselines
from folkmoot.readers.criteria import read_criteria
from folkmoot.services.register import Register, register
from folkmoot.transition.bodies import Body, Leader, check_cover, check_leaders
from folkmoot.transition.gates import Assessment, standings
from folkmoot.transition.phases import phased_timetable, shipped_phases
from folkmoot.transition.rules import shipped_rules
from folkmoot.transition.succession import apply, successions_of, today
from folkmoot.transition.tasks import Task
from folkmoot.transition.timetable import Timetable
from folkmoot.transition.uncertainty import draw_timetables
from folkmoot.transition.watch import Framework, Watched, triggers
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.bodies import body_code
from folkmoot.vocabulary.codes import TaskCode

START = date(2030, 4, 1)


def rows() -> list[Row]:
    """Every measure with its goal."""
    places = england.places()
    criteria = read_criteria(england.CRITERIA, places)
    plan = baselines(places, criteria)[-1].plan
    held = register(plan, places, criteria, vesting=phased_timetable(plan).vesting_days())
    return [
        _dates(),
        *_chances(plan),
        _bodies(plan),
        _successions(held),
        _gates(plan),
        _watched(plan),
    ]


def _dates() -> Row:
    tasks = _network()
    seconds = fastest(5, lambda: Timetable.of(tasks, date(2027, 4, 1)))
    return f"date {len(tasks):,} tasks", f"{seconds * 1e3:.0f} ms", "< 50 ms"


def _chances(plan: AreaPlan) -> list[Row]:
    phases = shipped_phases()
    tasks = phases.tasks_for(plan.areas)
    seconds = fastest(2, lambda: draw_timetables(tasks, phases.start_day, seed=1))
    found = draw_timetables(tasks, phases.start_day, seed=1)
    by_target, by_limit = (
        float(found.chance_by(months)) for months in (phases.target_months, phases.limit_months)
    )
    wide = _network()
    longest = fastest(1, lambda: draw_timetables(wide, phases.start_day, seed=1))
    return [
        (
            f"draw the shipped phases for {len(plan.areas)} areas {found.draws:,} times",
            f"{seconds:.2f} s",
            "< 5 s",
        ),
        (f"the same, {len(wide):,} tasks", f"{longest:.2f} s", "< 5 s"),
        (
            f"chance of ending by {phases.target_months} and {phases.limit_months} months",
            f"{by_target:.1%} and {by_limit:.1%}; {found.likely_months} months on likely durations",
            "said",
        ),
    ]


def _bodies(plan: AreaPlan) -> Row:
    """Each body is followed by a successor every year for twenty years."""
    bodies, leaders = [], []
    for year in range(20):
        first, last = START.replace(year=2030 + year), date(2031 + year, 3, 31)
        for area, blocks in plan.members().items():
            body = Body(
                code=body_code(area),
                name=area,
                kind="unitary",
                blocks=blocks,
                constituents={area: blocks},
                first_day=first,
                last_day=last if year < 19 else None,
            )
            bodies.append(body)
            leaders.append(
                Leader(body=body.code, kind="mayor", holder_title="Mayor", first_day=first)
            )
    latest = bodies[-len(plan.areas) :]
    seats = leaders[-len(plan.areas) :]

    def check() -> None:
        check_cover(bodies, plan.blocks, START)
        check_leaders(latest, seats)

    seconds = fastest(3, check)
    what = f"cover by {len(plan.areas)} bodies, {len(plan.blocks)} blocks, 20 years"
    return what, f"{seconds * 1e3:.0f} ms", "< 50 ms"


def _successions(held: Register) -> Row:
    base, passing = today(held), successions_of(held)
    seconds = fastest(3, lambda: apply(base, passing))
    what = f"apply {len(passing)} successions of {len(held.functions)} functions"
    return what, f"{seconds * 1e3:.0f} ms", "< 200 ms"


def _gates(plan: AreaPlan) -> Row:
    rules = shipped_rules().readiness
    bodies = [body_code(area) for area in plan.areas]
    planned = {(body, group): date(2031, 4, 1) for body in bodies for group in rules.class_of}
    found = [
        Assessment(
            body=body,
            theme=theme.code,
            level=2,
            assessor="auditor",
            evidence="report",
            assessed_on=date(2030 + year, 1, 1),
        )
        for body in bodies
        for theme in rules.themes
        for year in range(10)
    ]
    seconds = fastest(3, lambda: standings(planned, date(2040, 4, 1), found))
    return f"{len(planned)} gates, ten years of assessments", f"{seconds * 1e3:.0f} ms", "–"


def _watched(plan: AreaPlan) -> Row:
    outcomes = tuple(f"outcome {n}" for n in range(12))
    framework = Framework(version=1, outcomes=outcomes)
    observed = [
        Watched(area=area, period=period, worsened=frozenset(outcomes))
        for area in plan.areas
        for period in (1, 2)
    ]
    seconds = fastest(3, lambda: triggers(observed, framework))
    what = f"watch {len(plan.areas)} areas, {len(outcomes)} outcomes"
    return what, f"{seconds * 1e3:.1f} ms", "< 100 ms"


def _network(count: int = 3000, width: int = 30) -> list[Task]:
    """Tasks in layers, each waiting for two of the layer before."""
    return [
        Task(
            code=TaskCode(f"t{n:04d}"),
            title=f"Task {n}",
            months=6,
            least_months=3,
            most_months=12,
            after=tuple(TaskCode(f"t{n - width + k:04d}") for k in (0, 1)) if n >= width else (),
        )
        for n in range(count)
    ]


if __name__ == "__main__":
    for row in rows():
        print(" | ".join(row))
