"""An indicator in every area of a division, over time.

In:        a places package, a division of its blocks, an indicator.
Out:       ``Measured``: values, limits and coverage by period and area, and recent trends.
Rule:      a block that has no figure of its own has that of its upper tier; such a figure
           counts once in an area, however many of its blocks lie there.
Not here:  the arithmetic (``outcomes.aggregate``).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from folkmoot.outcomes.aggregate import Aggregate, Figures, Label, aggregate
from folkmoot.outcomes.division import Division
from folkmoot.outcomes.errors import NoIndicatorsError
from folkmoot.outcomes.indicators import OLDEST, Indicator, Published, indicators, years_of
from folkmoot.outcomes.trend import PERIODS, Direction, recent_trend
from folkmoot.vocabulary.arrays import BoolVector, FloatMatrix, FloatVector, IntVector
from folkmoot.vocabulary.places import Places


@dataclass(frozen=True, kw_only=True, eq=False)
class Measured:
    """One indicator in every area of a division; arrays have shape (n_periods, n_areas)."""

    indicator: Indicator
    division: Division
    periods: tuple[str, ...]
    value: FloatMatrix
    lower_95: FloatMatrix
    upper_95: FloatMatrix
    lower_998: FloatMatrix
    upper_998: FloatMatrix
    coverage: FloatMatrix
    labels: tuple[Label, ...]
    """How the figures of each period were made."""
    carried: BoolVector
    """Shape (n_areas,): whether any block of an area has the latest figure of its upper tier."""
    missing: tuple[tuple[str, ...], ...]
    """Names of the blocks of the latest period without any figure, by area."""

    @property
    def has_limits(self) -> bool:
        """Whether the latest period has intervals."""
        return bool(np.isfinite(self.lower_95[-1]).any())

    @cached_property
    def trend_periods(self) -> tuple[int, ...]:
        """The five latest periods that share no year with each other, or as many as there are.

        Figures of three years, published yearly, overlap: neighbours are not independent.
        """
        step = max(map(years_of, self.periods))
        return tuple(range(len(self.periods) - 1, -1, -step))[:PERIODS][::-1]

    @cached_property
    def trends(self) -> tuple[Direction, ...]:
        """Whether each area rises or falls by more than chance."""
        rows = list(self.trend_periods)
        if len(rows) < PERIODS or not self.has_limits:
            unknown: Direction = "cannot be calculated"
            return (unknown,) * len(self.division.codes)
        found = recent_trend(self.value[rows].T, self.lower_95[rows].T, self.upper_95[rows].T)
        return found.direction


def people_of_ages(places: Places, ages: tuple[int, int]) -> FloatVector:
    """Residents of each block in a span of ages; all of them where ages are not known.

    Returns
    -------
    array of shape (n_blocks,)
        Unit: persons.
    """
    table = places.populations_single_year
    if table is None or ages == (0, OLDEST):
        return places.blocks.population.astype(np.float64)
    found = [
        column
        for column, name in enumerate(table.columns)
        if (year := _age(name)) is not None and ages[0] <= year <= ages[1]
    ]
    people: FloatVector = table.counts[:, found].sum(axis=1).astype(np.float64)
    return people


def _age(column: str) -> int | None:
    """The year of age that a column counts: ``age_7``, or ``age_90_plus``."""
    parts = column.removeprefix("age_").removesuffix("_plus")
    return int(parts) if parts.isdigit() else None


@dataclass(frozen=True, kw_only=True, eq=False)
class Ground:
    """What every measurement of a package starts from, sorted once."""

    places: Places
    published: Published

    @classmethod
    def of(cls, places: Places) -> "Ground":
        """Sort a package's figures.

        Raises
        ------
        NoIndicatorsError
            If it has none.
        """
        if places.indicators is None:
            raise NoIndicatorsError(places.name)
        return cls(places=places, published=Published.of(places.indicators))

    @cached_property
    def nested(self) -> tuple[tuple[str, str], ...]:
        """Code of each block and of its upper tier."""
        blocks = self.places.blocks
        return tuple(zip(blocks.codes, blocks.column("upper_tier_code"), strict=True))

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """Indicators with a figure for any block or upper tier."""
        known = {code for pair in self.nested for code in pair}
        return tuple(
            one
            for one in indicators(self.places)
            if any(known & by.keys() for by in self.published.rows.get(one.code, {}).values())
        )

    def rows(self, indicator: str, period: str) -> IntVector:
        """Row of the figure that stands for each block; -1 where none does."""
        by = self.published.rows[indicator][period]
        return np.array([by.get(own, by.get(upper, -1)) for own, upper in self.nested])

    def periods(self, indicator: str) -> tuple[str, ...]:
        """Periods at which any block has a figure, in order."""
        known = {code for pair in self.nested for code in pair}
        by = self.published.rows.get(indicator, {})
        return tuple(period for period in by if known & by[period].keys())


def measure(
    ground: Ground, division: Division, indicator: Indicator, *, minimum_coverage: float = 1.0
) -> Measured:
    """Measure one indicator in every area, at every period.

    Raises
    ------
    NotAdditiveError
        If the indicator is a median.
    LimitError
        If a published limit is on the wrong side of its value.
    """
    people = people_of_ages(ground.places, indicator.ages)[:, None] * division.shares
    periods = ground.periods(indicator.code)
    made: list[Aggregate] = []
    for period in periods:
        given = published(ground, people, indicator, period)
        made.append(
            aggregate(
                given.figures,
                given.people,
                indicator=indicator.name,
                kind=indicator.kind,
                minimum_coverage=minimum_coverage,
                is_whole=division.is_whole and not given.is_carried.any(),
            )
        )
    return Measured(
        indicator=indicator,
        division=division,
        periods=periods,
        value=np.array([one.value for one in made]),
        lower_95=np.array([one.lower_95 for one in made]),
        upper_95=np.array([one.upper_95 for one in made]),
        lower_998=np.array([one.lower_998 for one in made]),
        upper_998=np.array([one.upper_998 for one in made]),
        coverage=np.array([one.coverage for one in made]),
        labels=tuple(one.label for one in made),
        carried=given.is_carried @ division.shares > 0,
        missing=_missing(ground, division, indicator, periods),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Given:
    """Each published figure once, and how many of its people live in each area."""

    figures: Figures
    """The last row stands for the people of whom nothing is known."""
    people: FloatMatrix
    """Shape (n_published + 1, n_areas)."""
    is_carried: BoolVector
    """Shape (n_blocks,): whether a block has the figure of its upper tier."""


def published(ground: Ground, people: FloatMatrix, indicator: Indicator, period: str) -> Given:
    """The figures of one period, those of upper tiers where blocks have none.

    Parameters
    ----------
    people : array of shape (n_blocks, n_areas)
        Unit: persons.
    """
    table, rows = ground.published.table, ground.rows(indicator.code, period)
    kept = np.flatnonzero(rows >= 0)
    used, place = np.unique(rows[kept], return_inverse=True)
    of = np.zeros((len(used) + 1, people.shape[1]))
    np.add.at(of, place, people[kept])
    of[-1] = people[rows < 0].sum(axis=0)
    codes = ground.places.blocks.codes

    def with_gap(values: FloatVector) -> FloatVector:
        return np.append(values[used], np.nan)

    return Given(
        figures=Figures(
            value=with_gap(table.value),
            lower=with_gap(table.lower_ci),
            upper=with_gap(table.upper_ci),
            numerator=with_gap(table.numerator),
            denominator=with_gap(table.denominator),
        ),
        people=of,
        is_carried=np.array(
            [row >= 0 and table.area[row] != codes[n] for n, row in enumerate(rows.tolist())]
        ),
    )


def _missing(
    ground: Ground, division: Division, indicator: Indicator, periods: Sequence[str]
) -> tuple[tuple[str, ...], ...]:
    lost = ground.rows(indicator.code, periods[-1]) < 0
    names = ground.places.blocks.names
    inside = (division.shares > 0) & lost[:, None]
    return tuple(
        tuple(names[block] for block in np.flatnonzero(column).tolist()) for column in inside.T
    )


def block_values(ground: Ground, indicator: Indicator) -> Mapping[str, FloatVector]:
    """The latest figure of each block with its limits, as published; NaN where there is none."""
    table = ground.published.table
    rows = ground.rows(indicator.code, ground.periods(indicator.code)[-1])
    return {
        name: np.where(rows >= 0, column[rows], np.nan)
        for name, column in (
            ("value", table.value),
            ("lower", table.lower_ci),
            ("upper", table.upper_ci),
        )
    }


def additive(ground: Ground) -> Iterator[Indicator]:
    """Indicators of which areas can have a figure."""
    return (one for one in ground.indicators if one.kind != "median")
