"""Draw what is earned beside what was planned, month by month: the S-curve of a plan."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from html import escape

from folkmoot.exhibits.maps import INK
from folkmoot.exhibits.tables import Table
from folkmoot.transition.progress import Goal
from folkmoot.transition.replan import Replan
from folkmoot.vocabulary.codes import TaskCode

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 760.0, 330.0, 48.0, 90.0, 16.0, 30.0
PLANNED, EARNED, AGAIN, GRID = "#7da7c9", "#12436d", "#a3342c", "#d3d5d7"
NOTHING_AGAIN: Mapping[TaskCode, date] = {}


def progress_chart(
    goals: Sequence[Goal],
    start: date,
    day: date,
    *,
    title: str,
    again: Mapping[TaskCode, date] = NOTHING_AGAIN,
    identity: str = "progress",
) -> str:
    """Draw planned value to the end of the plan, earned value to the day, and the rest again.

    Parameters
    ----------
    again : mapping of step to day, optional
        The new days of the steps that are left: a dashed line from the day on.

    Returns
    -------
    str
        An ``<svg>`` element; ``progress_table`` stands beside it.
    """
    total = sum(goal.weight for goal in goals) or 1
    end = max([day, *(goal.planned for goal in goals)])
    later = _later(goals, again, day)
    end_again = max([end, *(when for when, _ in later)])
    last = date(end_again.year + 1, 1, 1)

    def x(when: date) -> float:
        return LEFT + (when - start) / (last - start) * (WIDTH - LEFT - RIGHT)

    def y(value: float) -> float:
        return TOP + (1 - value / total) * (HEIGHT - TOP - FOOT)

    def line(days: Sequence[tuple[date, int]], until: date, colour: str, name: str) -> str:
        path, so_far = f"M{x(start):.1f} {y(0):.1f}", 0
        for when, weight in sorted(days):
            if when <= until:
                so_far += weight
                path += f"H{x(when):.1f}V{y(so_far):.1f}"
        return (
            f'<path d="{path}H{x(until):.1f}" fill="none" stroke="{colour}" stroke-width="3"/>'
            f'<text x="{x(until) + 6:.1f}" y="{y(so_far) - 6:.1f}" fill="{INK}">{name} '
            f"{so_far / total:.0%}</text>"
        )

    def dashed() -> str:
        so_far = sum(goal.weight for goal in goals if goal.is_earned_on(day))
        path = f"M{x(day):.1f} {y(so_far):.1f}"
        for when, weight in later:
            so_far += weight
            path += f"H{x(when):.1f}V{y(so_far):.1f}"
        return (
            f'<path d="{path}" fill="none" stroke="{AGAIN}" stroke-width="2" '
            f'stroke-dasharray="5 3"/><text x="{x(end_again) + 6:.1f}" y="{y(so_far) + 20:.1f}" '
            f'fill="{INK}">again</text>'
        )

    planned = [(goal.planned, goal.weight) for goal in goals]
    earned = _earned(goals)
    grid = "".join(
        f'<line x1="{LEFT:.0f}" x2="{WIDTH - RIGHT:.0f}" y1="{y(total * n / 4):.1f}" '
        f'y2="{y(total * n / 4):.1f}" stroke="{GRID}"/><text x="{LEFT - 6:.0f}" '
        f'y="{y(total * n / 4) + 4:.1f}" text-anchor="end">{n * 25}%</text>'
        for n in range(5)
    )
    years = "".join(
        f'<text x="{x(date(year, 1, 1)):.1f}" y="{HEIGHT - 8:.0f}" '
        f'text-anchor="middle">{year}</text>'
        for year in range(start.year + 1, last.year + 1, 3)
    )
    today = (
        f'<line x1="{x(day):.1f}" x2="{x(day):.1f}" y1="{TOP:.0f}" y2="{HEIGHT - FOOT:.0f}" '
        f'stroke="{INK}" stroke-dasharray="4 3"/>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" '
        f'viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" aria-labelledby="{identity}-title" '
        f'font-family="Arial, sans-serif" font-size="13" fill="{INK}">'
        f'<title id="{identity}-title">{escape(title)}</title>{grid}{years}{today}'
        f"{line(planned, end, PLANNED, 'planned')}{line(earned, day, EARNED, 'earned')}"
        f"{dashed() if later else ''}</svg>"
    )


def progress_table(
    goals: Sequence[Goal], day: date, again: Mapping[TaskCode, date] = NOTHING_AGAIN
) -> Table:
    """The same as a table: every day on which the plan or the work moves."""
    return Table.of(
        "Planned, earned and planned again, after each day on which one of them moves",
        ("Day", "Planned>", "Earned>", "Again>"),
        list(_moves(goals, day, again)),
    )


def phases_again(phases: Mapping[TaskCode, str], told: Replan) -> Table:
    """When the last step of each phase was to be done, and when it can be now."""
    found: dict[str, tuple[date, date]] = {}
    for one in told.remaining:
        phase = phases[one.step.code]
        first, again = found.get(phase, (one.step.due, one.again))
        found[phase] = max(first, one.step.due), max(again, one.again)
    ends = {**dict(sorted(found.items())), "all": (told.first_end, told.new_end)}
    return Table.of(
        "What is left, planned again beside the first plan",
        ("Phase", "First plan", "Again, at the earliest", "Months later>"),
        [
            (phase, f"{first}", f"{again}", f"{_months(first, again):+d}")
            for phase, (first, again) in ends.items()
        ],
    )


def _months(first: date, again: date) -> int:
    return (again.year - first.year) * 12 + again.month - first.month


def _earned(goals: Sequence[Goal]) -> list[tuple[date, int]]:
    """What comes, and what goes back, by day."""
    found = []
    for goal in goals:
        if goal.done is not None and goal.is_earned_on(goal.done):
            found.append((goal.done, goal.weight))
            if goal.returned is not None:
                found.append((goal.returned, -goal.weight))
    return found


def _later(
    goals: Sequence[Goal], again: Mapping[TaskCode, date], day: date
) -> list[tuple[date, int]]:
    """What is still to come, on its new days."""
    return sorted(
        (again[goal.step], goal.weight)
        for goal in goals
        if goal.step is not None and goal.step in again and not goal.is_earned_on(day)
    )


def _moves(
    goals: Sequence[Goal], day: date, again: Mapping[TaskCode, date]
) -> Iterator[tuple[str, str, str, str]]:
    total = sum(goal.weight for goal in goals) or 1
    later = _later(goals, again, day)
    now = sum(goal.weight for goal in goals if goal.is_earned_on(day))
    days = {goal.planned for goal in goals} | {when for when, _ in later}
    days |= {when for when, _ in _earned(goals) if when <= day}
    for when in sorted(days):
        planned = sum(goal.weight for goal in goals if goal.planned <= when)
        earned = sum(goal.weight for goal in goals if goal.is_earned_on(when))
        then = now + sum(weight for moved, weight in later if moved <= when)
        yield (
            f"{when}",
            f"{planned / total:.1%}",
            f"{earned / total:.1%}" if when <= day else "–",
            f"{then / total:.1%}" if when > day and again else "–",
        )
