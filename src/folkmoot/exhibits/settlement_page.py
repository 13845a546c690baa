"""A settlement as one page: what every area is given, from what, and how to check it.

In:        a settlement, its ledger and the package it was made from.
Out:       HTML without script; every table's figures stand in the folder's CSV files too.
Not here:  any figure, which ``funding`` has computed.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from importlib.metadata import version

from folkmoot.exhibits.page import page
from folkmoot.exhibits.sections import Part, Section, folded, heading, items, label, table, text
from folkmoot.exhibits.tables import Origin, Table
from folkmoot.funding.settlement import Settlement, StreamYear
from folkmoot.funding.settlement_record import caveats
from folkmoot.funding.settlement_tables import decimal
from folkmoot.vocabulary.codes import AreaCode
from folkmoot.vocabulary.ledger import Ledger
from folkmoot.vocabulary.money import in_pounds, in_short
from folkmoot.vocabulary.periods import FinancialYear
from folkmoot.vocabulary.places import Places

RUN_AGAIN = (
    "folkmoot funding settle --areas FOLDER/areas.csv --formula FOLDER/parameters.toml --out AGAIN"
)


def settlement_page(
    settlement: Settlement,
    ledger: Ledger,
    places: Places,
    *,
    names: Mapping[AreaCode, str],
    record_sha256: str,
) -> str:
    """Write the page of a settlement; the same settlement always gives the same bytes.

    Parameters
    ----------
    names : mapping
        What each area is called.
    record_sha256 : str
        Digest of settlement.json, which names the digests of the formula and the inputs: who
        has the page can tell whether a folder is the one it was published with.
    """
    years = settlement.formula.years
    return page(
        title=f"Settlement {years[0]} to {years[-1]}, {places.title}",
        lead=(
            f"{len(settlement.areas)} areas share {in_short(settlement.total(years[0]))} in "
            f"{years[0]} by formula {settlement.formula.version}. Every stream adds up to the "
            "penny in every year, and grants are not ring-fenced."
        ),
        facts=_facts(settlement),
        sections=(
            _shared(settlement),
            _grants(settlement, names),
            *(_stream(settlement, stream.code, names) for stream in settlement.formula.streams),
            _money(ledger),
            _provenance(settlement, places, record_sha256),
        ),
        attributions=places.attributions,
        imprint=f"Made by folkmoot {version('folkmoot')} from '{places.name}'. The same inputs "
        "give the same bytes.",
    )


def _facts(settlement: Settlement) -> list[tuple[str, str]]:
    states = [
        state for one in settlement.stream_years for state in one.allocations.certificate.states
    ]
    return [
        ("Areas", f"{len(settlement.areas)}"),
        ("Years", f"{len(settlement.formula.years)}"),
        ("Shared in the first", in_short(settlement.total(settlement.formula.opening_year))),
        ("Grants on their floor", f"{states.count('floor')} of {len(states)}"),
    ]


def _labels(settlement: Settlement) -> tuple[Part, ...]:
    return tuple(label(one) for one in settlement.labels(settlement.formula.opening_year))


def _shared(settlement: Settlement) -> Section:
    """What each stream shares in each year, to the penny."""
    years = settlement.formula.years
    quanta = settlement.quanta()
    names: dict[str, str] = {one.code: one.name for one in settlement.formula.streams}
    total = settlement.formula.published_total
    return Section(
        anchor="shared",
        title="What is shared",
        parts=(
            *_labels(settlement),
            table(
                Table.of(
                    "What each stream shares",
                    ("Stream", *(f"{year}>" for year in years)),
                    [
                        (names[stream], *(in_pounds(by_year[str(year)]) for year in years))
                        for stream, by_year in quanta.items()
                    ],
                    total=("All", *(in_pounds(settlement.total(year)) for year in years)),
                    note=f"The published total is {total.text}; its parts, as published, differ "
                    f"from it by {in_short(settlement.formula.published_rounding)}. That is "
                    "rounding: it belongs to no stream and is never shared.",
                    origin=Origin(
                        kind="shared",
                        columns=("name", *map(str, years)),
                        keys=tuple((stream,) for stream in (*quanta, "all")),
                    ),
                )
            ),
            *_lines(settlement),
        ),
    )


def _lines(settlement: Settlement) -> Iterator[Part]:
    """Every declared line between a published sum and what is shared."""
    rows = [
        (
            one.stream.name,
            str(one.year),
            line.name,
            line.kind.replace("_", " "),
            f"{float(line.growth):+.2%}" if line.kind == "growth" else in_pounds(line.pence),
            str(line.source),
        )
        for one in settlement.stream_years
        for line in one.quantum.lines
        if line.year == one.year
    ]
    if rows:
        headings = ("Stream", "Year", "Line", "Kind", "By>", "Source")
        yield folded(
            "Every line between the published sums and these", Table.of("Lines", headings, rows)
        )


def _grants(settlement: Settlement, names: Mapping[AreaCode, str]) -> Section:
    """Every area's block grant, the first year open and the others folded."""
    first, *later = [_grant_table(settlement, year, names) for year in settlement.formula.years]
    return Section(
        anchor="grants",
        title="What every area is given",
        parts=(
            *_labels(settlement),
            table(first),
            *(folded(f"{one.caption}, to the penny", one) for one in later),
        ),
    )


def _grant_table(
    settlement: Settlement, year: FinancialYear, names: Mapping[AreaCode, str]
) -> Table:
    streams = [one for one in settlement.stream_years if one.year == year]
    rows = [[one.allocations.closing[at] for one in streams] for at in range(len(settlement.areas))]
    return Table.of(
        f"Block grants, {year}",
        ("Area", "Name", *(f"{one.stream.name}>" for one in streams), "All>"),
        [
            (area, names[area], *map(in_pounds, row), in_pounds(sum(row)))
            for area, row in zip(settlement.areas, rows, strict=True)
        ],
        total=(
            "All",
            "",
            *(in_pounds(one.quantum.pence) for one in streams),
            in_pounds(sum(one.quantum.pence for one in streams)),
        ),
        origin=Origin(
            kind="grants",
            columns=("area", "name", *(one.stream.code for one in streams), "all"),
            keys=tuple((area, str(year)) for area in (*settlement.areas, "all")),
        ),
    )


def _stream(settlement: Settlement, code: str, names: Mapping[AreaCode, str]) -> Section:
    """One stream: its need, its rule, and every figure behind every grant."""
    years = [one for one in settlement.stream_years if one.stream.code == code]
    first = years[0]
    head = settlement.formula.profile(first.stream).head
    return Section(
        anchor=f"stream-{code}",
        title=first.stream.name,
        parts=(
            *(label(one) for one in first.labels),
            text(f"{head.title}, by {head.source}. {first.need.reason}".strip()),
            items([f"{one.year}: {_rule(one)}" for one in years]),
            *(
                folded(
                    f"{one.year}: how every grant came about", _detail_table(settlement, one, names)
                )
                for one in years
            ),
        ),
    )


def _rule(one: StreamYear) -> str:
    level = float(one.allocations.certificate.level)
    states = one.allocations.certificate.states
    return (
        f"{one.allocations.rule.sentence()}; every area between its bounds receives "
        f"{level:.4%} of its target; {states.count('floor')} on their floor, "
        f"{states.count('ceiling')} at their ceiling"
    )


def _detail_table(settlement: Settlement, one: StreamYear, names: Mapping[AreaCode, str]) -> Table:
    found, code = one.allocations, one.stream.code
    before, after = found.distances(found.opening), found.distances(found.closing)
    rows = [
        (
            area,
            names[area],
            in_pounds(found.baseline[at]),
            in_pounds(round(found.targets[at])),
            in_pounds(found.bounds.lower[at]),
            in_pounds(found.bounds.upper[at]),
            found.certificate.states[at].replace("_", " "),
            in_pounds(found.closing[at]),
            _per_cent(before[at]),
            _per_cent(after[at]),
            _per_head(found.closing[at], settlement.population[at]),
        )
        for at, area in enumerate(settlement.areas)
    ]
    return Table.of(
        f"{one.stream.name}, {one.year}",
        (
            *("Area", "Name", "Last year>", "Target>", "Floor>", "Ceiling>", "Held by", "Grant>"),
            *("From target before>", "From target after>", "A head>"),
        ),
        rows,
        note="; ".join(one.labels),
        origin=Origin(
            kind="area stream year",
            columns=(
                *("area", "name", "baseline_pence", "target_pence", "floor_pence", "ceiling_pence"),
                *("state", "pence", "distance_opening", "distance_closing", "per_head"),
            ),
            keys=tuple((area, code, str(one.year)) for area in settlement.areas),
        ),
    )


def _per_cent(ratio: Fraction | None) -> str:
    """A ratio in per cent, from the four decimals that the tables give."""
    return "–" if ratio is None else f"{float(decimal(ratio, 4)):+.2%}"


def _per_head(pence: int, people: int) -> str:
    return in_pounds(round(Fraction(pence, people))) if people else "–"


def _money(ledger: Ledger) -> Section:
    """The ledger by year, stream and kind of holder."""
    return Section(
        anchor="money",
        title="Where the money goes",
        parts=(
            text(
                "Every pound leaves one holder and reaches another. Each body's own lines are in "
                "ledger.csv; here the bodies are taken together."
            ),
            folded("Every stream and year", _money_table(ledger)),
        ),
    )


def _money_table(ledger: Ledger) -> Table:
    sums: dict[tuple[str, ...], int] = {}
    for key, pence in ledger.sums("year", "stream", "from_holder", "to_holder", "cause").items():
        shown = tuple("bodies" if str(one).startswith("body-") else str(one) for one in key)
        sums[shown] = sums.get(shown, 0) + pence
    return Table.of(
        "The ledger, with all bodies together",
        ("Year", "Stream", "From", "To", "Cause", "Pounds>"),
        [(*key, in_pounds(pence)) for key, pence in sums.items()],
        origin=Origin(
            kind="money",
            columns=("year", "stream", "from", "to", "cause", "pence"),
            keys=tuple(sums),
        ),
    )


def _provenance(settlement: Settlement, places: Places, record_sha256: str) -> Section:
    """The formula's version, how old the data are, the inputs, and how to run it again."""
    formula = settlement.formula
    return Section(
        anchor="provenance",
        title="What it rests on, and how to check it",
        parts=(
            text(
                f"Formula {formula.version}, in force from {formula.head.first_day}, "
                f"{formula.head.source}. Its digest is {formula.digest}. Every value with its day "
                "and source is in parameters.toml."
            ),
            items(caveats(settlement)),
            heading("How old the need data are"),
            table(_vintage_table(settlement)),
            heading("Inputs"),
            table(_input_table(places)),
            heading("Check it, and run it again"),
            items(
                (
                    f"The digest of settlement.json, by which to know this folder: {record_sha256}",
                    "Check every figure with Python alone: python3 verify.py",
                    "The same from folkmoot: folkmoot funding verify FOLDER",
                    f"Run it again: {RUN_AGAIN}",
                    "Change a floor and see what moves: settlement.xlsx",
                )
            ),
        ),
    )


def _vintage_table(settlement: Settlement) -> Table:
    found = [
        (stream.name, data)
        for stream in settlement.formula.streams
        for data in settlement.find(stream.code, str(settlement.formula.opening_year)).need.vintages
    ]
    return Table.of(
        "Need data by stream",
        ("Stream", "Data", "Period", "Age in years>"),
        [(name, data.component, data.period, str(data.age_years)) for name, data in found],
        note=f"Age when the settlement opens. More than {settlement.formula.head.old_after_years} "
        "years is marked as old wherever the figures stand. A stream that is not listed is "
        "shared by residents.",
        origin=Origin(
            kind="vintage",
            columns=("stream", "component", "period", "age_years"),
            keys=tuple((name, data.component) for name, data in found),
        ),
    )


def _input_table(places: Places) -> Table:
    return Table.of(
        "Files of the places package",
        ("File", "Rows>", "SHA-256"),
        [
            (name, f"{places.rows[name]:,}" if name in places.rows else "–", digest)
            for name, digest in sorted(places.sha256.items())
        ],
        origin=Origin(
            kind="file",
            columns=("name", "rows", "sha256"),
            keys=tuple((name,) for name in sorted(places.sha256)),
        ),
    )
