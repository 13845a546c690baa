"""Who commissions what, before and after, and when each function changes hands."""

from collections import Counter
from collections.abc import Sequence

from folkmoot.exhibits.sections import Part, Section, figure, folded, heading, table, text
from folkmoot.exhibits.tables import Table
from folkmoot.exhibits.timeline import timeline, timeline_table
from folkmoot.plan.devolution import DevolutionPlan
from folkmoot.services.figures import shipped_figures
from folkmoot.services.present import PresentFault, present_faults
from folkmoot.services.reconcile import reconcile_retained, tension
from folkmoot.services.register import Period
from folkmoot.services.tables import function_catalogue_rows
from folkmoot.transition.phases import late_words, shipped_phases
from folkmoot.transition.rules import shipped_rules
from folkmoot.transition.tables import gate_rows
from folkmoot.transition.uncertainty import chance_words
from folkmoot.vocabulary.bodies import body_code
from folkmoot.vocabulary.codes import FunctionCode


def functions(plan: DevolutionPlan) -> Section:
    """Every function, its holders before and after, and why."""
    before, after = (plan.register.bodies_per_resident(period) for period in ("before", "after"))
    return Section(
        anchor="functions",
        title="Who commissions what, before and after",
        parts=(
            text(
                f"Today {float(before):.1f} bodies answer to a resident for these "
                f"{len(plan.register.functions)} functions, on average; after, {float(after):.1f}. "
                "Every function in every place has exactly one accountable commissioner."
            ),
            table(_function_table(plan)),
            folded("Why each function goes where it goes", _reason_table(plan)),
            *_today(plan),
            heading("Whether what stays fits the published share"),
            *(text(sentence) for sentence in tension(reconcile_retained(shipped_figures()))),
        ),
    )


def _today(plan: DevolutionPlan) -> list[Part]:
    """Gaps and overlaps of today, where there are any."""
    faults = present_faults(plan.register)
    if not faults:
        return []
    gaps = sum(one.kind == "gap" for one in faults)
    title = f"Gaps ({gaps}) and overlaps ({len(faults) - gaps}) of today"
    return [
        folded(title, _present_table(plan, faults)),
        folded("Blocks that two or more bodies serve today", _split_table(plan)),
    ][: 2 if plan.register.splits else 1]


def _present_table(plan: DevolutionPlan, faults: Sequence[PresentFault]) -> Table:
    names = dict(zip(plan.places.blocks.codes, plan.places.blocks.names, strict=True))
    functions = {one.code: one.name for one in plan.register.functions}
    bodies = plan.register.commissioners
    return Table.of(
        "Gaps and overlaps of today",
        ("", "Functions", "Where", "Who acts there", "Residents>"),
        [
            (
                one.kind.capitalize(),
                ", ".join(functions[code] for code in one.functions),
                names[one.blocks[0]] if len(one.blocks) == 1 else f"{len(one.blocks):,} blocks",
                "; ".join(bodies[body].name for body in one.bodies),
                f"{one.residents:,}",
            )
            for one in faults
        ],
        note=(
            "A gap has no local body, so another stands in. Of an overlap the first body is named "
            "as accountable, and the residents are those of the others."
        ),
    )


def _function_table(plan: DevolutionPlan) -> Table:
    result = {
        str(row[0]): str(row[3]).replace("_", " ") for row in function_catalogue_rows(plan.register)
    }
    return Table.of(
        "Every function and its commissioners",
        ("Function", "Before", "After", "What becomes of it", "Known?"),
        [
            (
                one.name,
                _holders(plan, one.code, "before"),
                _holders(plan, one.code, "after"),
                result[one.code],
                one.state.replace("_", " "),
            )
            for one in plan.register.functions
        ],
        note="'To check' means that no published source has been read that says so.",
    )


def _holders(plan: DevolutionPlan, function: FunctionCode, period: Period) -> str:
    """The one body that holds a function, or how many of which kind do."""
    held = set(plan.register.holdings(period)[function])
    known = [plan.register.commissioners[code] for code in sorted(held)]
    if len(known) == 1:
        return known[0].name
    words = {"body": "commissioning bodies", "local": "local bodies"}
    counted = Counter(words.get(one.kind, one.name) for one in known)
    return ", ".join(f"{count} {kind}" if count > 1 else kind for kind, count in counted.items())


def _reason_table(plan: DevolutionPlan) -> Table:
    rows = [
        (str(name), str(result).replace("_", " "), str(reason), str(source))
        for _, name, _, result, _, reason, source, _ in function_catalogue_rows(plan.register)
    ]
    return Table.of("Reasons and sources", ("Function", "Result", "Reason", "Source"), rows)


def _split_table(plan: DevolutionPlan) -> Table:
    names = dict(zip(plan.places.blocks.codes, plan.places.blocks.names, strict=True))
    bodies = plan.register.commissioners
    return Table.of(
        "The first is named as accountable; the others act there too",
        ("Block", "Bodies and their share of residents"),
        [
            (
                names[split.block],
                "; ".join(f"{bodies[code].name} {share:.0%}" for code, share in split.shares),
            )
            for split in plan.register.splits
        ],
    )


def timetable(plan: DevolutionPlan) -> Section:
    """The phases on a line of years, and every step with what it waits for."""
    table_of_steps = _step_table(plan)
    found, limits = plan.timetable, shipped_phases()
    ends = (limits.target_months, limits.limit_months)
    return Section(
        anchor="timetable",
        title="How it comes about",
        parts=(
            text(
                f"From {found.start:%B %Y} to {found.end:%B %Y}: {found.months} months on likely "
                "durations. Functions vest on the first day of a financial year, so a step that is "
                "ready in June waits until April; those waits are in the table."
            ),
            text(chance_words(plan.durations, ends)),
            *(text(sentence) for sentence in late_words(found, limits.deadlines)),
            figure(
                timeline(found, plan.durations),
                "Steps by phase, on likely durations. Dashed lines: the proposal's own estimate, "
                "and Japan's timetable, fiscal powers included. Red lines: when a phase vests "
                " in eight draws of ten. The table below has the days.",
            ),
            folded("The same as a table", timeline_table(found)),
            folded("Every step", table_of_steps),
            folded("What a body must show before each group of functions vests", _gate_table(plan)),
        ),
    )


def _gate_table(plan: DevolutionPlan) -> Table:
    """The gates of one body, which are those of every other."""
    rows = [row for row in gate_rows(plan.timetable) if row[0] == body_code(plan.areas.areas[0])]
    rules = shipped_rules().readiness
    names = {theme.code: theme.name for theme in (*rules.themes, rules.pilot)}
    return Table.of(
        "Gates: the level needed in every theme, as assessors from outside the body see it",
        ("Functions", "Theme", "Level, in shadow", "Level, to vest", "Planned day"),
        [
            (group.replace("-", " "), names[theme], shadow, vest, day)
            for _, group, _, theme, shadow, vest, day in rows
        ],
        note="What is short waits for the next 1 April, alone. Which level each group needs is our "
        "reading of the public readiness checks.",
    )


def _step_table(plan: DevolutionPlan) -> Table:
    titles = {dated.task.code: dated.task.title for dated in plan.timetable.dated}
    return Table.of(
        "Every step",
        ("Step", "Phase", "First day", "Last day", "Waits, months>", "Waits for"),
        [
            (
                dated.task.title,
                dated.task.phase,
                _day(dated.first_day),
                _day(dated.last_day),
                f"{dated.wait_months}",
                _waits([titles[code] for code in dated.task.after]),
            )
            for dated in plan.timetable.dated
        ],
    )


def _waits(titles: list[str]) -> str:
    if len(titles) <= 3:
        return "; ".join(titles) or "–"
    return f"{titles[0]} and {len(titles) - 1} more"


def _day(day: object) -> str:
    return f"{day:%-d %B %Y}"
