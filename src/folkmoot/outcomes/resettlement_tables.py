"""The tables of resettlement: released prisoners and prosperity by region in, figures out.

In:        a table in the form that ``template`` writes; contexts from a table or a package.
Out:       ``Releases`` of one period by domain; rows of what was found.
Rule:      figures of few people are hidden in rows, and with them as many as would tell them.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import isnan
from pathlib import Path

import numpy as np

from folkmoot.outcomes.assessment import minimum_coverage
from folkmoot.outcomes.division import Division
from folkmoot.outcomes.errors import ResettlementError
from folkmoot.outcomes.indicators import indicator_of, middle_of
from folkmoot.outcomes.measured import Ground, measure
from folkmoot.outcomes.resettlement import (
    DOMAINS,
    Context,
    Releases,
    Resettled,
    Resettlement,
)
from folkmoot.readers.tables import Faults, Table, nearest, read_table
from folkmoot.vocabulary.statistics.suppression import BELOW

RELEASE_COLUMNS = (
    "region_code", "period", "domain", "released", "with_outcome", "unknown", "source",
)  # fmt: skip
CONTEXT_COLUMNS = ("region_code", "context", "value", "source")
RESETTLED_COLUMNS = (
    "domain", "period", "region_code", "released", "with_outcome", "unknown", "share", "lower_95",
    "upper_95", "least", "most", "against_all", "rank", "rank_least", "rank_most",
    "source",
)  # fmt: skip
FOLLOW_COLUMNS = (
    "domain", "context", "region_code", "share", "predicted", "lower_95", "upper_95", "residual",
    "reading",
)  # fmt: skip
READINGS = {-1: "poorer than it predicts", 0: "as it predicts", 1: "better than it predicts"}
HIDDEN = "hidden"


def template(regions: Sequence[str]) -> Iterator[tuple[object, ...]]:
    """Rows to fill in: every region and domain, with no figure in any."""
    for domain in DOMAINS:
        for region in regions:
            yield (region, "", domain, "", "", "", "")


def read_releases(path: Path, period: str | None = None) -> tuple[Releases, ...]:
    """Read a table of released prisoners: the latest period of each domain, or one that is named.

    Raises
    ------
    ResettlementError
        With every fault.
    """
    faults = Faults()
    table = read_table(path, faults)
    required = tuple(name for name in RELEASE_COLUMNS if name != "unknown")
    if table is None or not table.has(*required):
        raise ResettlementError(str(path), faults.found)
    if not len(table):
        faults.add(table.file, "it has no row.", "Write one for each region and domain.")
    elif not any(table.columns["released"]):
        mend = "Count people released, and those with the outcome, by region."
        faults.add(table.file, "no figure has been filled in.", mend, column="released")
    rows = _rows(table) if not faults.found else {}
    made = []
    for domain in dict.fromkeys(table.columns["domain"]) if not faults.found else ():
        periods = {one for one, kind in table.rows("period", "domain") if kind == domain}
        latest = period or max(periods, key=middle_of)
        kept = sorted(key for key in rows if key[1:] == (latest, domain))
        if not kept:
            mend = f"Name one that it has: {', '.join(sorted(periods))}."
            faults.add(table.file, f"'{domain}' has no period '{latest}'.", mend)
        else:
            made.append(_make(table, [rows[key] for key in kept]))
    if faults.found:
        raise ResettlementError(str(path), faults.found)
    return tuple(made)


def _rows(table: Table) -> dict[tuple[str, str, str], int]:
    """Row by region, period and domain; faults are noted."""
    table.once(("region_code", "period", "domain"))
    for name in ("region_code", "period", "source"):
        table.text(name)
    what = "a whole number of people"
    released = table.whole("released", what=what)
    reached = table.whole("with_outcome", what=what)
    unknown = table.floats("unknown", required=False, least=0, what=what)
    rows = {}
    for number, key in enumerate(table.rows("region_code", "period", "domain")):
        rows[key[0], key[1], key[2]] = number
        if key[2] not in DOMAINS:
            table.fault(number, "domain", f"'{key[2]}' is no domain.", nearest(key[2], DOMAINS))
        if key[1] and isnan(middle_of(key[1])):
            table.fault(number, "period", f"'{key[1]}' is no period.", "Write 2024-25 or a year.")
        told = 0.0 if isnan(unknown[number]) else unknown[number]
        if reached[number] + told > released[number]:
            mend = "Look whether two columns are exchanged."
            problem = "more have the outcome, or are unknown, than were released."
            table.fault(number, "with_outcome", problem, mend)
        elif table.columns["released"][number] and released[number] <= told:
            mend = "Leave out a region of which nothing is known."
            table.fault(number, "released", "nobody's outcome is known.", mend)
    return rows


def _make(table: Table, kept: Sequence[int]) -> Releases:
    """One domain and period; an unknown that is left out is nobody."""
    unknown = np.nan_to_num(table.floats("unknown", required=False))
    return Releases(
        domain=next(one for one in DOMAINS if one == table.columns["domain"][kept[0]]),
        period=table.columns["period"][kept[0]],
        regions=tuple(table.columns["region_code"][one] for one in kept),
        released=table.floats("released")[kept],
        with_outcome=table.floats("with_outcome")[kept],
        unknown=unknown[kept],
        source="; ".join(dict.fromkeys(table.columns["source"][one] for one in kept)),
    )


def read_context(path: Path) -> Context:
    """Read figures of regions that an outcome may follow.

    Raises
    ------
    ResettlementError
        With every fault.
    """
    faults = Faults()
    table = read_table(path, faults)
    if table is None or not table.has(*CONTEXT_COLUMNS):
        raise ResettlementError(str(path), faults.found)
    table.once(("region_code", "context"))
    for name in ("region_code", "context", "source"):
        table.text(name)
    values = table.floats("value").tolist()
    if faults.found:
        raise ResettlementError(str(path), faults.found)
    found: dict[str, dict[str, float]] = {}
    for (region, name), value in zip(table.rows("region_code", "context"), values, strict=True):
        found.setdefault(name, {})[region] = value
    return found


def measured_context(ground: Ground, division: Division, codes: Sequence[str]) -> Context:
    """The latest figure of each region for indicators of a places package."""
    found: dict[str, Mapping[str, float]] = {}
    for code in codes:
        indicator = indicator_of(ground.places, code)
        values = measure(ground, division, indicator, minimum_coverage=minimum_coverage()).value
        rows = zip(division.codes, values[-1].tolist(), strict=True)
        found[indicator.name] = {region: value for region, value in rows if not isnan(value)}
    return found


def check_context(table: Sequence[Releases], context: Context) -> None:
    """Refuse a context that leaves out a region.

    Raises
    ------
    ResettlementError
        Naming every region that has no figure.
    """
    faults = Faults()
    for name, figures in context.items():
        missing = sorted({one for given in table for one in given.regions} - figures.keys())
        if missing:
            mend = "Add a figure for each, or leave this context out."
            faults.add(name, f"it has no figure for {', '.join(missing)}.", mend)
    if faults.found:
        raise ResettlementError("context", faults.found)


def resettled_rows(found: Resettlement, *, below: float = BELOW) -> Iterator[tuple[object, ...]]:
    """One row a domain and region."""
    for one in found.domains:
        given, hidden = one.releases, one.releases.hidden(below)
        for number, region in enumerate(given.regions):
            if hidden[number]:
                yield (given.domain, given.period, region, *([HIDDEN] * 12), given.source)
                continue
            yield (
                *(given.domain, given.period, region),
                *(int(column[number]) for column in (given.released, given.with_outcome)),
                int(given.unknown[number]),
                *(f"{column[number]:.6f}" for column in (one.share.value, one.share.lower)),
                *(f"{column[number]:.6f}" for column in (one.share.upper, one.least, one.most)),
                one.verdicts[number],
                *_ranks(one, number),
                given.source,
            )


def _ranks(one: Resettled, number: int) -> tuple[str, ...]:
    if one.ranks is None:
        return "", "", ""
    ranks = one.ranks
    return tuple(f"{column[number]:g}" for column in (ranks.median, ranks.least, ranks.most))


def follow_rows(found: Resettlement, *, below: float = BELOW) -> Iterator[tuple[object, ...]]:
    """One row a domain, context and region."""
    for one in found.domains:
        hidden = one.releases.hidden(below)
        for given in one.follows:
            line = given.line
            for number, region in enumerate(one.releases.regions):
                start = (one.releases.domain, given.context, region)
                if hidden[number]:
                    yield (*start, *([HIDDEN] * 6))
                    continue
                figures = (one.share.value, line.predicted, line.lower, line.upper, line.residual)
                yield (
                    *start,
                    *(f"{column[number]:.6f}" for column in figures),
                    READINGS[line.side[number]],
                )
