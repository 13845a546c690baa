"""Figures by period that an agreement is read from: a table's, or a places package's.

In:        ``values.csv`` or ``blocks.csv`` in the form of ``parameters/agreement_example``, or a
           places package with a division of its blocks.
Out:       ``Series``.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import isfinite, isnan
from pathlib import Path

import numpy as np

from folkmoot.outcomes.agreement import Point
from folkmoot.outcomes.assessment import minimum_coverage
from folkmoot.outcomes.division import Division
from folkmoot.outcomes.errors import AgreementTableError
from folkmoot.outcomes.indicators import indicator_of, middle_of
from folkmoot.outcomes.measured import Ground, block_values, measure
from folkmoot.readers.tables import Faults, Table, read_table

VALUE_COLUMNS = ("indicator", "area", "period", "value", "lower_95", "upper_95")
BLOCK_COLUMNS = ("indicator", "block", "period", "value", "lower_95", "upper_95")
Series = Mapping[tuple[str, str], Sequence[Point]]
"""Figures in order of time by indicator and area, or block."""
HALF = 0.5
"""Of a whole country so many people must have a figure, before areas are compared with it."""
Gaps = frozenset[tuple[str, str]]
"""Indicators and areas that are judged by their gap to a comparator."""


def read_columns(path: Path, columns: Sequence[str], faults: Faults) -> Table | None:
    """A table with these columns, empty in no cell but those of limits."""
    table = read_table(path, faults)
    if table is None or not table.has(*columns):
        return None
    for name in set(columns) - {"lower_95", "upper_95"}:
        table.text(name)
    return table


def read_series(path: Path, *, by: str, gaps: Gaps = frozenset()) -> Series:
    """Read figures by period, in order of time.

    Parameters
    ----------
    by : str
        The column that a series is of: ``area`` or ``block``.
    gaps : set of (indicator, area)
        Those that are taken less their ``comparator``.

    Raises
    ------
    AgreementTableError
        With every fault.
    """
    faults = Faults()
    table = read_columns(path, VALUE_COLUMNS if by == "area" else BLOCK_COLUMNS, faults)
    if table is None:
        raise AgreementTableError(str(path), faults.found)
    table.once(("indicator", by, "period"))
    value = table.floats("value")
    lower, upper, other = (
        table.floats(name, required=False) for name in ("lower_95", "upper_95", "comparator")
    )
    for number in np.flatnonzero((lower > value) | (upper < value)).tolist():
        table.fault(number, "lower_95", "the limits do not hold the value.", "Correct them.")
    found: dict[tuple[str, str], list[Point]] = {}
    for number, (indicator, name, period) in enumerate(table.rows("indicator", by, "period")):
        if period and isnan(middle_of(period)):
            mend = "Write a year, 2025-26, or a day."
            table.fault(number, "period", f"'{period}' is no period.", mend)
        point = Point(
            period=period,
            value=float(value[number]),
            lower=float(lower[number]),
            upper=float(upper[number]),
        )
        if (indicator, name) in gaps:
            if isnan(other[number]):
                mend = "Write the figure that the gap is to."
                table.fault(number, "comparator", "a gap needs a comparator.", mend)
            point = point.less(float(other[number]))
        found.setdefault((indicator, name), []).append(point)
    if faults.found:
        raise AgreementTableError(str(path), faults.found)
    return {key: sorted(points, key=lambda one: one.year) for key, points in found.items()}


def measured_series(
    ground: Ground, division: Division, indicators: Iterable[str], gaps: Gaps
) -> Series:
    """Figures of a places package, by area; gaps are to the whole of it."""
    whole = Division.of_all(ground.places)
    found: dict[tuple[str, str], list[Point]] = {}
    for code in dict.fromkeys(indicators):
        indicator = indicator_of(ground.places, code)
        own = measure(ground, division, indicator, minimum_coverage=minimum_coverage())
        all_of_it = measure(ground, whole, indicator, minimum_coverage=HALF)
        for area, name in enumerate(division.codes):
            points = [
                Point(
                    period=period,
                    value=float(own.value[n, area]),
                    lower=float(own.lower_95[n, area]),
                    upper=float(own.upper_95[n, area]),
                )
                for n, period in enumerate(own.periods)
            ]
            if (code, name) in gaps:
                points = [one.less(float(all_of_it.value[n, 0])) for n, one in enumerate(points)]
            found[code, name] = [one for one in points if isfinite(one.value)]
    return found


def measured_blocks(ground: Ground, indicators: Iterable[str]) -> Series:
    """The latest figure of every block of a places package."""
    found: dict[tuple[str, str], list[Point]] = {}
    for code in dict.fromkeys(indicators):
        values = block_values(ground, indicator_of(ground.places, code))
        period = ground.periods(code)[-1]
        columns = (values[name].tolist() for name in ("value", "lower", "upper"))
        for block, value, lower, upper in zip(ground.places.blocks.codes, *columns, strict=True):
            if isfinite(value):
                point = Point(period=period, value=value, lower=lower, upper=upper)
                found[code, block] = [point]
    return found
