"""A settlement as tables that a spreadsheet opens: sorted rows, the same every time.

Every row carries the words that its figures must not lose, such as that a baseline is
modelled.
"""

from collections.abc import Iterator
from fractions import Fraction

from folkmoot.funding.outcome_share import at_risk
from folkmoot.funding.settlement import Settlement, StreamYear
from folkmoot.funding.targets import distance_from_target
from folkmoot.funding.weighted_population import MICRO

Row = tuple[str | int, ...]

SETTLEMENT_COLUMNS = ("area", "stream", "year", "pence", "label")
DETAIL_COLUMNS = (
    "area",
    "stream",
    "year",
    "population",
    "weighted_population",
    "baseline_pence",
    "opening_pence",
    "target_pence",
    "entitlement_pence",
    "floor_pence",
    "ceiling_pence",
    "state",
    "distance_opening",
    "distance_closing",
    "pence_per_head",
    "at_risk_pence",
    "basis",
    "label",
)
STREAM_COLUMNS = (
    "stream",
    "name",
    "year",
    "quantum_pence",
    "need_profile",
    "need_basis",
    "baseline",
    "label",
    "source",
)


def settlement_rows(settlement: Settlement) -> Iterator[Row]:
    """Pence by area, stream and year: ``settlement.csv``."""
    for at, area in enumerate(settlement.areas):
        for one in settlement.stream_years:
            pence = one.allocations.closing[at]
            yield area, one.stream.code, str(one.year), pence, one.label


def detail_rows(settlement: Settlement) -> Iterator[Row]:
    """What led to each allocation: ``settlement_detail.csv``.

    Targets are rounded to whole pence for people; the certificates hold them exactly.
    Without a ceiling, the ceiling is the quantum.
    """
    for at in range(len(settlement.areas)):
        for one in settlement.stream_years:
            yield _detail(settlement, one, at)


def _detail(settlement: Settlement, one: StreamYear, at: int) -> Row:
    found, people = one.allocations, settlement.population[at]
    closing, owed = found.closing[at], found.entitlements[at]
    return (
        settlement.areas[at],
        one.stream.code,
        str(one.year),
        people,
        decimal(Fraction(found.need[at], MICRO), 6),
        found.baseline[at],
        found.opening[at],
        round(found.targets[at]),
        owed,
        found.bounds.lower[at],
        found.bounds.upper[at],
        found.certificate.states[at],
        decimal(distance_from_target(found.opening[at], found.targets[at]), 4),
        decimal(distance_from_target(closing, found.targets[at]), 4),
        decimal(Fraction(closing, people), 2) if people else "",
        at_risk(closing, entitlement=owed, share=one.stream.outcome_share),
        one.need.basis,
        one.label,
    )


def stream_rows(settlement: Settlement) -> Iterator[Row]:
    """What each stream shares in each year, and the words it carries: ``streams.csv``."""
    for one in settlement.stream_years:
        yield (
            one.stream.code,
            one.stream.name,
            str(one.year),
            one.quantum.pence,
            one.stream.need_profile,
            one.need.basis,
            one.baseline.name,
            one.label,
            str(one.quantum.published.source),
        )


def decimal(value: Fraction | None, places: int) -> str:
    """Write an exact number in decimals, halves to even; nothing where there is none.

    Examples
    --------
    >>> decimal(Fraction(-1, 30), 4), decimal(Fraction(5, 2), 0), decimal(None, 4)
    ('-0.0333', '2', '')
    """
    if value is None:
        return ""
    scaled = round(value * 10**places)
    sign = "-" if scaled < 0 else ""
    digits = f"{abs(scaled):0{places + 1}d}"
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)
