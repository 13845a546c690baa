"""The money: who is given what, how far from target, and how it runs before and after."""

from collections import defaultdict
from fractions import Fraction

from folkmoot.exhibits.drawing import number
from folkmoot.exhibits.routes import routes_chart, routes_table, told
from folkmoot.exhibits.sections import (
    Part,
    Section,
    folded,
    heading,
    label,
    table,
    text,
    wide_figure,
)
from folkmoot.exhibits.tables import Table
from folkmoot.plan.devolution import DevolutionPlan
from folkmoot.vocabulary.codes import StreamCode
from folkmoot.vocabulary.money import in_pounds, in_short


def settlement(plan: DevolutionPlan) -> Section:
    """Block grants by stream and year, with distance from target."""
    years = plan.formula.years
    labels = plan.settlement.labels(plan.year)
    return Section(
        anchor="settlement",
        title=f"The settlement, {years[0]} to {years[-1]}",
        parts=(
            *(label(one) for one in labels),
            text(
                "Each stream's quantum is shared by need and moved towards target within bounds. "
                "Grants are not ring-fenced. They add up to every quantum to the penny, and each "
                "follows from a certificate in plan.json that anyone can check."
            ),
            table(_stream_table(plan)),
            table(_grant_table(plan)),
            *_detail(plan),
        ),
    )


def _stream_table(plan: DevolutionPlan) -> Table:
    by_stream: dict[StreamCode, list[str]] = defaultdict(list)
    names: dict[StreamCode, str] = {}
    for one in plan.settlement.stream_years:
        names[one.stream.code] = one.stream.name
        by_stream[one.stream.code].append(in_short(one.quantum.pence))
    years = plan.formula.years
    rounding = plan.formula.published_rounding
    return Table.of(
        "What each stream shares",
        ("Stream", *(f"{year}>" for year in years)),
        [(names[code], *pence) for code, pence in by_stream.items()],
        total=("Shared", *(in_short(plan.settlement.total(year)) for year in years)),
        note=(
            f"The published total is {plan.formula.published_total.text}; its parts, as "
            f"published, differ from it by {in_short(rounding)}. That is rounding: it belongs to "
            "no stream and is never shared."
        ),
    )


def _grant_table(plan: DevolutionPlan) -> Table:
    grants = plan.settlement.grants(plan.year)
    streams = plan.formula.streams
    totals = {s.code: sum(one[s.code] for one in grants.values()) for s in streams}
    return Table.of(
        f"Block grant of every area, {plan.year}",
        ("Area", *(f"{stream.name}>" for stream in streams), "All>"),
        [
            (
                f"{number(area)} {plan.names[area]}",
                *(in_short(by_stream[stream.code]) for stream in streams),
                in_short(sum(by_stream.values())),
            )
            for area, by_stream in grants.items()
        ],
        total=(
            "All",
            *(in_short(totals[stream.code]) for stream in streams),
            in_short(sum(totals.values())),
        ),
    )


def _detail(plan: DevolutionPlan) -> list[Part]:
    return [
        folded(
            f"{stream.name}: every grant to the penny, with its distance from target",
            _detail_table(plan, stream.code),
        )
        for stream in plan.formula.streams
    ]


def _detail_table(plan: DevolutionPlan, stream: str) -> Table:
    first, last = (
        plan.settlement.find(stream, str(year))
        for year in (plan.formula.years[0], plan.formula.years[-1])
    )
    opening = first.allocations.distances(first.allocations.opening)
    closing = last.allocations.distances(last.allocations.closing)
    states = first.allocations.certificate.states
    rows = [
        (
            f"{number(area)} {plan.names[area]}",
            in_pounds(first.allocations.baseline[at]),
            in_pounds(round(first.allocations.targets[at])),
            in_pounds(first.allocations.closing[at]),
            states[at],
            _distance(opening[at]),
            _distance(closing[at]),
        )
        for at, area in enumerate(plan.settlement.areas)
    ]
    return Table.of(
        f"{first.stream.name}, {first.year}",
        (
            "Area",
            "Baseline>",
            "Target>",
            "Grant>",
            "Held by",
            f"From target before {first.year}>",
            f"From target in {last.year}>",
        ),
        rows,
        note="; ".join(first.labels),
    )


def _distance(value: Fraction | None) -> str:
    return "no target" if value is None else f"{float(value):+.2%}"


def routes(plan: DevolutionPlan) -> Section:
    """Both ledgers, drawn and as tables, and how many hands a pound passes."""
    money = plan.money
    parts: list[Part] = []
    for period, ledger in (("before", money.before), ("after", money.after)):
        title = f"{period.capitalize()}, {money.year}"
        chart = routes_chart({title: ledger}, money.holders, identity=f"money-{period}")
        parts += [
            heading(period.capitalize()),
            wide_figure(chart, f"{title}: {told(ledger)}. The table has every band."),
            folded("Every band", routes_table(title, ledger, money.holders)),
        ]
    return Section(
        anchor="money",
        title="How the money runs, before and after",
        parts=(
            text(
                f"{in_short(money.pence)} leaves the Treasury in {money.year}, before as after. "
                f"Before, {told(money.before)} from the Treasury to a programme; after, "
                f"{told(money.after)}, one for each area and programme. Both balance to the penny."
            ),
            *parts,
        ),
    )
