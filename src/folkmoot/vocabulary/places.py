"""A country as values: blocks, borders, the geographies it already has, and what is known of it.

In:        nothing; ``readers.places`` makes these from a places package.
Out:       frozen values that every room reads. Blocks are sorted by code, and an array
           with one entry a block follows that order everywhere.
Not here:  reading and checking files (``readers.places``); scores (``geography``).
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from fractions import Fraction
from math import isfinite, nan
from typing import Any

import numpy as np

from folkmoot.vocabulary.arrays import FloatMatrix, FloatVector, IntMatrix, IntVector
from folkmoot.vocabulary.codes import BlockCode
from folkmoot.vocabulary.periods import FinancialYear


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Blocks:
    """The pieces of land that are never split."""

    codes: tuple[BlockCode, ...]
    names: tuple[str, ...]
    population: IntVector
    """Unit: persons."""
    area_km2: FloatVector
    easting: FloatVector
    """Unit: metres on the package's own grid, as is ``northing``."""
    northing: FloatVector
    lon: FloatVector
    lat: FloatVector
    columns: Mapping[str, tuple[str, ...]]
    """Every column of the table as text, by name, the ones above included."""

    def __len__(self) -> int:
        return len(self.codes)

    def position(self) -> dict[BlockCode, int]:
        """Where each code stands."""
        return {code: number for number, code in enumerate(self.codes)}

    def column(self, name: str) -> tuple[str, ...]:
        """A column as text, or an empty text for each block where there is none."""
        return self.columns.get(name, ("",) * len(self))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Borders:
    """Pairs of blocks that touch, by land or by a fixed link."""

    pairs: IntMatrix
    """Shape (n_borders, 2): positions of two blocks, the lower first."""
    kinds: tuple[str, ...]
    """``land`` or ``link``."""
    shared_border_km: FloatVector
    centroid_distance_km: FloatVector


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Geography:
    """An existing division of the country: which part of each block lies in which area.

    Three parallel arrays hold one entry a (block, area) pair, sorted by block and then area.
    A block may have no entry: it is outside this geography.
    """

    name: str
    codes: tuple[str, ...]
    """Codes of the geography's areas, sorted."""
    names: tuple[str, ...]
    block: IntVector
    area: IntVector
    share: FloatVector
    """Part of the block's residents in the area; a block's shares sum to exactly what
    the package says, which is 1 within 0.001."""

    def dominant(self, n_blocks: int) -> IntVector:
        """The area that holds most of each block, the lowest code at a tie; -1 where none."""
        best = np.full(n_blocks, -1, dtype=np.int64)
        largest = np.zeros(n_blocks)
        for block, area, share in zip(self.block, self.area, self.share, strict=True):
            if share > largest[block]:
                best[block], largest[block] = area, share
        return best

    def normalised_share(self, n_blocks: int) -> FloatVector:
        """Shares scaled to sum to 1 in each block that has any."""
        total = np.bincount(self.block, weights=self.share, minlength=n_blocks)
        scaled: FloatVector = self.share / total[self.block]
        return scaled


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Flows:
    """People who travel from one block to another to work."""

    origin: IntVector
    destination: IntVector
    commuters: IntVector
    """Unit: persons. Origin may equal destination; a pair stands once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorName:
    """What an indicator is called and measured in."""

    name: str
    unit: str = ""
    polarity: str = ""
    publisher: str = ""
    description: str = ""
    address: str = ""
    """Where its publisher shows it."""
    published: str = ""
    kind: str = ""
    """What its catalogue says it is, as the four that follow; usually nothing."""
    level: str = ""
    domain: str = ""
    first_age: str = ""
    last_age: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Indicators:
    """Measured figures, one entry an (indicator, area, period), in file order.

    Areas are of any kind: blocks, upper tiers, regions, the country.
    """

    indicator: tuple[str, ...]
    area: tuple[str, ...]
    period: tuple[str, ...]
    value: FloatVector
    """NaN where the package gives none."""
    lower_ci: FloatVector
    upper_ci: FloatVector
    """95% limits, NaN where not published."""
    numerator: FloatVector
    denominator: FloatVector
    catalogue: Mapping[str, IndicatorName]

    def values(self, indicator: str, period: str) -> dict[str, int]:
        """Rows that hold a value of one indicator at one period, by area code."""
        return {
            self.area[row]: row
            for row in range(len(self.indicator))
            if self.indicator[row] == indicator
            and self.period[row] == period
            and not np.isnan(self.value[row])
        }

    def latest_period(self, indicator: str, areas: Set[str]) -> str | None:
        """The greatest period, as text, at which any of these areas has a value."""
        return max(
            (
                self.period[row]
                for row in range(len(self.indicator))
                if self.indicator[row] == indicator
                and self.area[row] in areas
                and not np.isnan(self.value[row])
            ),
            default=None,
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AgeCounts:
    """Residents by age: one column an age band or a year of age."""

    columns: tuple[str, ...]
    counts: IntMatrix
    """Shape (n_blocks, n_columns). Unit: persons."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NeedTable:
    """Weighted populations of one need profile in one year, published or computed elsewhere."""

    profile: str
    year: FinancialYear
    micro_persons: tuple[int, ...]
    """One a block, in millionths of a weighted person, so that sums are exact."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Places:
    """A places package as it was read: checked, and never changed."""

    name: str
    title: str
    vintage: str
    blocks: Blocks
    borders: Borders
    geographies: Mapping[str, Geography]
    flows: Flows | None = None
    indicators: Indicators | None = None
    populations: AgeCounts | None = None
    populations_single_year: AgeCounts | None = None
    need: tuple[NeedTable, ...] = ()
    outlines: Mapping[BlockCode, Mapping[str, Any]] = field(default_factory=dict)
    """GeoJSON geometry of each block in longitude and latitude; empty without ``boundaries``."""
    sha256: Mapping[str, str] = field(default_factory=dict)
    """Digest of each file of the package, by its name there."""
    rows: Mapping[str, int] = field(default_factory=dict)
    """Rows of each table of the package, by the name of its file."""
    attributions: tuple[str, ...] = ()
    licence: str = ""

    @property
    def population(self) -> int:
        """Residents of the whole package. Unit: persons."""
        return int(self.blocks.population.sum())

    def figures(self, *, indicator: str | None = None, column: str | None = None) -> FloatVector:
        """One figure a block, from an indicator or from a numeric column of the blocks.

        An indicator counts at the greatest period at which any block or upper tier has a
        value, and at that period only: the block's own value there, else its upper tier's,
        else its region's.

        Returns
        -------
        array of shape (n_blocks,)
            Unit: that of the indicator or column; NaN where there is no number.
        """
        if column is not None:
            return np.array([_number(text) for text in self.blocks.column(column)])
        found = np.full(len(self.blocks), np.nan)
        if indicator is None or self.indicators is None:
            return found
        tiers, regions = self.blocks.column("upper_tier_code"), self.blocks.column("region_code")
        period = self.indicators.latest_period(indicator, {*self.blocks.codes, *tiers} - {""})
        rows = self.indicators.values(indicator, period) if period is not None else {}
        for block, nested in enumerate(zip(self.blocks.codes, tiers, regions, strict=True)):
            row = next((rows[code] for code in nested if code in rows), None)
            if row is not None:
                found[block] = self.indicators.value[row]
        return found

    def contingency(self, geography: Geography, area_of: IntVector, n_areas: int) -> FloatMatrix:
        """Residents by area of a plan and area of a geography.

        Parameters
        ----------
        area_of : array of shape (n_blocks,)
            The area of each block, from 0 to ``n_areas`` - 1.

        Returns
        -------
        array of shape (n_areas, len(geography.codes))
            Unit: persons. A block split between two areas of the geography counts in both.
        """
        n = len(geography.codes)
        people = self.blocks.population[geography.block] * geography.normalised_share(
            len(self.blocks)
        )
        cell = area_of[geography.block] * n + geography.area
        counted = np.bincount(cell, weights=people, minlength=n_areas * n)
        return counted.astype(np.float64, copy=False).reshape(n_areas, n)


def micro_persons(text: str) -> int:
    """Turn a weighted population, written in decimals, into whole millionths of a person.

    Halves go to the even neighbour.

    Examples
    --------
    >>> micro_persons("1834.25")
    1834250000
    """
    return round(Fraction(text) * 10**6)


def _number(text: str) -> float:
    """A finite number, or NaN."""
    try:
        value = float(text)
    except ValueError:
        return nan
    return value if isfinite(value) else nan
