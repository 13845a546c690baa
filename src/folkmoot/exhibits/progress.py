"""Draw what is earned beside what was planned, month by month: the S-curve of a plan."""

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape

from folkmoot.exhibits.maps import INK
from folkmoot.exhibits.tables import Table
from folkmoot.transition.progress import Goal

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 760.0, 330.0, 48.0, 90.0, 16.0, 30.0
PLANNED, EARNED, GRID = "#7da7c9", "#12436d", "#d3d5d7"


def progress_chart(
    goals: Sequence[Goal], start: date, day: date, *, title: str, identity: str = "progress"
) -> str:
    """Draw planned value to the end of the plan, and earned value to the day.

    Returns
    -------
    str
        An ``<svg>`` element; ``progress_table`` stands beside it.
    """
    total = sum(goal.weight for goal in goals) or 1
    end = max([day, *(goal.planned for goal in goals)])
    last = date(end.year + 1, 1, 1)

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
            f'<text x="{x(until) + 6:.1f}" y="{y(so_far) + 4:.1f}" fill="{INK}">{name} '
            f"{so_far / total:.0%}</text>"
        )

    planned = [(goal.planned, goal.weight) for goal in goals]
    earned = [(goal.done, goal.weight) for goal in goals if goal.done is not None]
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
        f"{line(planned, end, PLANNED, 'planned')}{line(earned, day, EARNED, 'earned')}</svg>"
    )


def progress_table(goals: Sequence[Goal], day: date) -> Table:
    """The same as a table: every day on which the plan or the work moves."""
    return Table.of(
        "Planned and earned, after each day on which either moves",
        ("Day", "Planned>", "Earned>"),
        [(f"{when}", f"{planned:.1%}", earned) for when, planned, earned in _moves(goals, day)],
    )


def _moves(goals: Sequence[Goal], day: date) -> Iterator[tuple[date, float, str]]:
    total = sum(goal.weight for goal in goals) or 1
    days = {goal.planned for goal in goals}
    days |= {goal.done for goal in goals if goal.done is not None and goal.done <= day}
    for when in sorted(days):
        planned = sum(goal.weight for goal in goals if goal.planned <= when)
        earned = sum(goal.weight for goal in goals if goal.done and goal.done <= when)
        yield when, planned / total, f"{earned / total:.1%}" if when <= day else "–"
