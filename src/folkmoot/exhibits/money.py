"""The money: who is given what, how far from target, and how it runs before and after."""

from collections import defaultdict
from fractions import Fraction

from folkmoot.exhibits.drawing import number
from folkmoot.exhibits.sections import Part, Section, folded, heading, label, table, text
from folkmoot.exhibits.tables import Table
from folkmoot.plan.devolution import DevolutionPlan
from folkmoot.services.flow import distinct_paths, hops
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
    """Every band of both ledgers, and how many hands a pound passes."""
    before, after = plan.money.before, plan.money.after
    return Section(
        anchor="money",
        title="How the money runs, before and after",
        parts=(
            text(
                f"{in_short(plan.money.pence)} leaves the Treasury in {plan.money.year}, before as "
                f"after. Before, a pound passes {float(hops(before)):.1f} hands on its way to a "
                f"programme, by {distinct_paths(before)} routes; after, {float(hops(after)):.1f}, "
                f"by {distinct_paths(after)}: one for each area and programme."
            ),
            heading("Before"),
            table(_route_table(plan, "before")),
            heading("After"),
            folded("Every band", _route_table(plan, "after")),
        ),
    )


def _route_table(plan: DevolutionPlan, period: str) -> Table:
    ledger = plan.money.before if period == "before" else plan.money.after
    names = {code: holder.name for code, holder in plan.money.holders.items()}
    layers = {code: holder.layer for code, holder in plan.money.holders.items()}
    entries = sorted(
        ledger.entries, key=lambda one: (layers[one.from_holder], one.from_holder, one.to_holder)
    )
    return Table.of(
        f"Where each sum goes, {period}",
        ("From", "To", "Stream", "Pounds>"),
        [
            (names[one.from_holder], names[one.to_holder], one.stream, in_pounds(one.pence))
            for one in entries
        ],
    )
