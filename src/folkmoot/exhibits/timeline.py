"""Draw a timetable as a Gantt chart: steps by phase, vestings, waits, and what sets the end.

Rule:      steps that every area has are one row, from the first area to the last.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from html import escape

from folkmoot.exhibits.maps import INK
from folkmoot.exhibits.tables import Table
from folkmoot.transition.phases import shipped_phases
from folkmoot.transition.tasks import TaskKind
from folkmoot.transition.timetable import DatedTask, Timetable, first_of, month_number
from folkmoot.transition.uncertainty import PhaseDays, Uncertainty
from folkmoot.vocabulary.codes import TaskCode

WIDTH, NAMES, ROW, TOP, FOOT = 980.0, 350.0, 19.0, 40.0, 34.0
GRID, WORK, DRIVES, WAIT, LIMIT = "#d3d5d7", "#7da7c9", "#12436d", "#f3e3c3", "#a3342c"
LETTERS = 50
"""Letters of a name that fit beside the chart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A row of the chart: a task of the country, or the same task of every area."""

    title: str
    phase: str
    kind: TaskKind
    areas: int
    """How many areas have it; 0 for a task of the country."""
    ready: int
    """Month in which all that it waits for is done."""
    start: int
    end: int
    wait_months: int
    sets_the_end: bool
    """Whether it is on a longest chain; where chains are equally long, on any of them."""


def steps(timetable: Timetable) -> tuple[Step, ...]:
    """Rows of the chart: by phase, in each by day."""
    path = _setting_the_end(timetable)
    found: dict[tuple[str, str], list[DatedTask]] = {}
    for one in timetable.dated:
        code = one.task.code.removesuffix(f"-{one.task.area}") if one.task.area else one.task.code
        found.setdefault((one.task.phase, code), []).append(one)
    made = [_step(same, path) for same in found.values()]
    return tuple(sorted(made, key=lambda one: (one.phase, one.start, one.end, one.title)))


def _setting_the_end(timetable: Timetable) -> set[TaskCode]:
    by_code = timetable.by_code
    last = max((one.end for one in timetable.dated), default=0)
    found = {one.task.code for one in timetable.dated if one.end == last}
    for one in reversed(timetable.dated):
        if one.task.code in found:
            found |= {code for code in one.task.after if by_code[code].end == one.ready}
    return found


def _step(same: Sequence[DatedTask], path: Set[TaskCode]) -> Step:
    task = same[0].task
    return Step(
        title=task.title.rpartition(": ")[0] if task.area else task.title,
        phase=task.phase,
        kind=task.kind,
        areas=len(same) if task.area else 0,
        ready=min(one.ready for one in same),
        start=min(one.start for one in same),
        end=max(one.end for one in same),
        wait_months=max(one.wait_months for one in same),
        sets_the_end=any(one.task.code in path for one in same),
    )


def timeline(
    timetable: Timetable, drawn: Uncertainty | None = None, *, identity: str = "gantt"
) -> str:
    """Draw every step of a timetable, with lines at the shipped target and limit.

    Parameters
    ----------
    drawn : Uncertainty, optional
        Adds, to each phase, a line from the day by which one draw in ten has vested to that by
        which nine in ten have.

    Returns
    -------
    str
        An ``<svg>`` element; ``timeline_table`` stands beside it.
    """
    rows = steps(timetable)
    phases = dict.fromkeys(one.phase for one in rows)
    limits = shipped_phases()
    start = month_number(timetable.start)
    spread = {one.phase: one for one in drawn.phases} if drawn else {}
    ends = [one.end for one in rows] + [month_number(one.late) for one in spread.values()]
    last = max([start + limits.limit_months, *ends])
    scale = _Scale(first=start // 12, last=last // 12 + 1)
    height = TOP + ROW * (len(rows) + len(phases)) + FOOT
    foot = height - FOOT
    parts = [*_years(scale, foot)]
    y = TOP
    for phase in phases:
        parts.append(_text(0, y + 14, phase, bold=True))
        if phase in spread:
            parts.append(_spread(scale, spread[phase], y))
        y += ROW
        for one in rows:
            if one.phase == phase:
                parts += _drawn(scale, one, y)
                y += ROW
    parts += _limit(scale, start + limits.target_months, limits.target_months, foot)
    parts += _limit(scale, start + limits.limit_months, limits.limit_months, foot)
    parts += _key(height - 10, has_spread=bool(spread))
    title = (
        f"Timetable: {len(rows)} steps from {timetable.start:%B %Y} to {timetable.end:%B %Y}, "
        f"{timetable.months} months"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart wide" role="img" '
        f'viewBox="0 0 {WIDTH:.0f} {height:.0f}" aria-labelledby="{identity}-title" '
        f'font-family="Arial, sans-serif" font-size="12" fill="{INK}">'
        f'<title id="{identity}-title">{escape(title)}</title>{"".join(parts)}</svg>'
    )


def timeline_table(timetable: Timetable) -> Table:
    """The same as a table: every row of the chart with its days."""
    return Table.of(
        "Steps of the transition",
        ("Phase", "Step", "First day", "Done on", "Waits for April, months>", "Sets the end?"),
        [
            (
                one.phase,
                _named(one),
                f"{first_of(one.start):%-d %B %Y}",
                f"{first_of(one.end):%-d %B %Y}",
                f"{one.wait_months}",
                "yes" if one.sets_the_end else "no",
            )
            for one in steps(timetable)
        ],
        note="A step of every area is one row, from the first area to the last.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    """Where a month stands on the line of years."""

    first: int
    last: int
    """First and last year."""

    def x(self, month: int) -> float:
        share = (month - self.first * 12) / ((self.last - self.first) * 12)
        return NAMES + share * (WIDTH - NAMES - 8)


def _years(scale: _Scale, foot: float) -> Iterator[str]:
    for year in range(scale.first, scale.last + 1):
        x = scale.x(year * 12)
        yield (
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 6:.0f}" y2="{foot:.0f}" stroke="{GRID}"/>'
        )
        if (year - scale.first) % 3 == 0 and year < scale.last:
            yield _text(x, 12, f"{year}", anchor="middle")


def _drawn(scale: _Scale, one: Step, y: float) -> Iterator[str]:
    yield _text(10, y + 14, _short(_named(one)))
    fill = DRIVES if one.sets_the_end else WORK
    left, right, middle = scale.x(one.start), scale.x(one.end), y + ROW / 2
    if one.kind == "vest":
        if one.wait_months:
            yield _box(scale.x(one.ready), left, y, WAIT, stroke=INK)
        yield (
            f'<path d="M{left:.1f} {middle - 7:.1f}l7 7l-7 7l-7 -7z" fill="{fill}" stroke="#fff"/>'
        )
        yield _text(left + 11, y + 14, f"{first_of(one.start).year}")
    else:
        yield _box(left, right, y, fill)


def _spread(scale: _Scale, one: PhaseDays, y: float) -> str:
    early, middle, late = (scale.x(month_number(d)) for d in (one.early, one.middle, one.late))
    line = y + ROW / 2
    return (
        f'<path d="M{early:.1f} {line - 4:.1f}v8m0 -4H{late:.1f}m0 -4v8" stroke="{LIMIT}" '
        f'stroke-width="2" fill="none"/><circle cx="{middle:.1f}" cy="{line:.1f}" r="4" '
        f'fill="{LIMIT}"/>'
    )


def _limit(scale: _Scale, month: int, months: int, foot: float) -> Iterator[str]:
    x = scale.x(month)
    yield (
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 8:.0f}" y2="{foot:.0f}" stroke="{LIMIT}" '
        f'stroke-width="1.5" stroke-dasharray="6 3"/>'
    )
    yield _text(x, 27, f"{months // 12} years", anchor="end", fill=LIMIT)


def _key(y: float, *, has_spread: bool) -> Iterator[str]:
    shown: Mapping[str, str] = {
        "sets the end": DRIVES,
        "has time to spare": WORK,
        "waits for 1 April": WAIT,
    }
    x = 0.0
    for name, fill in shown.items():
        yield _box(x + 1, x + 17, y - 14, fill, stroke=INK if fill == WAIT else "")
        yield _text(x + 22, y, name)
        x += 150
    yield f'<path d="M{x + 8:.0f} {y - 12:.0f}l7 7l-7 7l-7 -7z" fill="{WORK}"/>'
    yield _text(x + 22, y, "functions vest, in the year")
    if has_spread:
        x += 200
        yield f'<path d="M{x:.0f} {y - 4:.0f}h18" stroke="{LIMIT}" stroke-width="2"/>'
        yield f'<circle cx="{x + 9:.0f}" cy="{y - 4:.0f}" r="4" fill="{LIMIT}"/>'
        yield _text(x + 24, y, "vests in eight draws of ten, and in the middle one")


def _box(left: float, right: float, y: float, fill: str, *, stroke: str = "") -> str:
    edge = f' stroke="{stroke}" stroke-dasharray="3 2"' if stroke else ""
    return (
        f'<rect x="{left:.1f}" y="{y + 4:.0f}" width="{max(right - left, 2):.1f}" '
        f'height="{ROW - 7:.0f}" fill="{fill}"{edge}/>'
    )


def _text(
    x: float, y: float, words: str, *, anchor: str = "start", bold: bool = False, fill: str = ""
) -> str:
    more = (' font-weight="700"' if bold else "") + (f' fill="{fill}"' if fill else "")
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{more}>{escape(words)}</text>'


def _named(one: Step) -> str:
    return f"{one.title} ({one.areas} areas)" if one.areas else one.title


def _short(name: str) -> str:
    return name if len(name) <= LETTERS else f"{name[: LETTERS - 1]}…"
