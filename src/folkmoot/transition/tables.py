"""Rows of the tables in which a timetable, its successions and its gates are published."""

from collections.abc import Iterator

from folkmoot.services.register import Register
from folkmoot.transition.gates import SHOWN, vesting_groups
from folkmoot.transition.rules import shipped_rules
from folkmoot.transition.succession import successions_of
from folkmoot.transition.timetable import Timetable
from folkmoot.vocabulary.codes import AreaCode

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
