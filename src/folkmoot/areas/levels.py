"""Design small blocks from the top down: first areas of few large units, then the borders.

In:        blocks with their terms, the criteria, chance, a budget of work.
Out:       a plan of blocks, connected and within the bounds.
Rule:      blocks that agree on geographies are joined, and the smallest units with their most
           like neighbours, until every area that could be made of them can be weighed. The
           cheapest choice is then carried down to the blocks, and its borders are moved.
Not here:  the search among areas (``search``); redrawing and moving (``redraw``).
Source:    Karypis and Kumar 1998, A fast and high quality multilevel scheme for partitioning
           irregular graphs.
"""

from dataclasses import dataclass

import numpy as np

from folkmoot.areas.atoms import Units
from folkmoot.areas.baselines import spread
from folkmoot.areas.columns import Task
from folkmoot.areas.enumeration import count_unions, enumerate_unions
from folkmoot.areas.errors import NoWayDownError
from folkmoot.areas.level_kernels import join_smallest
from folkmoot.areas.redraw import Bounds, polish, redraw
from folkmoot.areas.search import search
from folkmoot.areas.work import Work
from folkmoot.geography.graph import components
from folkmoot.geography.terms import Terms, terms
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.arrays import IntMatrix, IntVector
from folkmoot.vocabulary.codes import BlockCode
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places
from folkmoot.vocabulary.progress import Progress, silent

FEWEST_AN_AREA = 4
"""Units for each area that the coarsest level has at least."""

VERY_MANY = 50_000
"""Units whose borders are not moved before those of larger ones have been."""

FEWER = 5
"""How many times fewer those larger ones are."""

FINER = 1.1
"""How many times more units are tried next, while unions can still be counted."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ladder:
    """What coarser levels of a package are made from."""

    places: Places
    criteria: Criteria
    terms: Terms
    """Of blocks."""

    @property
    def bounds(self) -> Bounds:
        """Least and most people in an area."""
        return self.criteria.minimum_population, self.criteria.maximum_population

    def blocks(self) -> Units:
        """The finest level."""
        return Units.of(self.places, self.terms, np.arange(len(self.places.blocks)))

    def levels(self) -> list[Units]:
        """The blocks, and levels above them while there are very many units."""
        levels = [self.blocks()]
        while len(levels[-1]) > VERY_MANY:
            levels.append(self.joined(levels[-1], len(levels[-1]) // FEWER))
        return levels

    def joined(self, units: Units, n_units: int) -> Units:
        """A coarser level: units that agree on everything are joined first."""
        agreed = self._joined(units, n_units, self._agreed(), in_all=True)
        weights = {one.name: one.weight for one in self.criteria.geographies}
        return self._joined(agreed, n_units, weights, in_all=False)

    def _agreed(self) -> dict[str, float]:
        """The geographies that atoms agree on; without any, all that count."""
        names = self.criteria.atoms or [one.name for one in self.criteria.geographies if one.weight]
        return dict.fromkeys(names, 1.0)

    def _joined(
        self, units: Units, n_units: int, weights: dict[str, float], *, in_all: bool
    ) -> Units:
        group = join_smallest(
            units.graph(),
            self._labels(units, list(weights)),
            np.array(list(weights.values())),
            sum(weights.values()) if in_all else 0.0,
            np.ascontiguousarray(units.terms.moments),
            n_units,
            self.bounds[1] // 2,
        )
        label: IntVector = np.unique(group, return_inverse=True)[1].astype(np.int64)
        return Units.of(self.places, self.terms, label[units.unit_of])

    def _labels(self, units: Units, names: list[str]) -> IntMatrix:
        """The area of each unit's first block in each geography."""
        n = len(self.places.blocks)
        first = units.first_blocks()
        columns = [self.places.geographies[name].dominant(n)[first] for name in names]
        return np.column_stack(columns) if columns else np.zeros((len(units), 0), dtype=np.int64)


def design_by_levels(
    places: Places,
    criteria: Criteria,
    terms: Terms,
    work: Work,
    rng: np.random.Generator,
    *,
    progress: Progress = silent,
) -> tuple[IntVector, tuple[str, ...]]:
    """Design a plan of many small blocks.

    Parameters
    ----------
    terms : Terms
        Of the blocks.

    Returns
    -------
    array of shape (n_blocks,)
        The area of each block, from 0 up; nothing is proven of the plan.
    tuple of str
        What was done, counted, for people.

    Raises
    ------
    NoPlanError
        If none was found within the bounds.
    """
    ladder = Ladder(places=places, criteria=criteria, terms=terms)
    progress("Joining blocks into larger units", 0.0)
    levels = ladder.levels()
    middle = ladder.joined(levels[-1], work.few_units)
    units, plan = _coarse(ladder, middle, work, progress)
    if plan is None:
        units, bounds = middle, ladder.bounds
        plan = redraw(units, criteria.areas, bounds, work, rng, progress=progress)[units.unit_of]
    polished = plan
    for level in reversed(levels):
        start = polished[level.first_blocks()]
        moved = polish(level, start, ladder.bounds, work, rng, progress=progress)
        polished = moved[level.unit_of]
    return polished, (
        f"{len(units):,} units of {len(plan):,} blocks, designed first",
        f"{int((polished != plan).sum()):,} blocks moved over the borders of their areas",
    )


def _coarse(
    ladder: Ladder, middle: Units, work: Work, progress: Progress
) -> tuple[Units, IntVector | None]:
    """The cheapest plan of whole units, and those; None where none was found."""
    units, counts = coarsest(ladder, middle, work.coarse_unions)
    if counts is None:
        return units, None
    unions = enumerate_unions(units, ladder.bounds, work, counts=counts, progress=progress)
    if unions is None:
        return units, None
    task = Task(n_units=len(units), n_areas=ladder.criteria.areas)
    *_, found = search(unions, task, work, progress=progress)
    return units, None if found.areas is None else spread(found.areas, units)


def coarsest(ladder: Ladder, middle: Units, most: int) -> tuple[Units, IntVector | None]:
    """The level with most units that have at most so many unions, and the unions of each root.

    The counts are None where the level with fewest units has more.
    """
    highest, fewest = ladder.bounds[1], FEWEST_AN_AREA * ladder.criteria.areas
    units = ladder.joined(middle, fewest)
    counts = count_unions(units.graph(), highest, most)
    while counts is not None:
        finer = ladder.joined(middle, int(len(units) * FINER) + 1)
        if len(finer) == len(units):
            break
        more = count_unions(finer.graph(), highest, most)
        if more is None:
            break
        units, counts = finer, more
    return units, counts


def refine(
    plan: AreaPlan,
    places: Places,
    criteria: Criteria,
    *,
    through: str,
    rng: np.random.Generator,
    work: Work | None = None,
    progress: Progress = silent,
) -> AreaPlan:
    """Carry a plan down to smaller blocks, and move its borders where that is cheaper.

    Each block begins in the area of the larger block that holds most of it. What is then cut
    off from its area joins a neighbouring one.

    Parameters
    ----------
    plan : AreaPlan
        Of larger blocks, such as districts.
    places, criteria
        Of the smaller blocks.
    through : str
        The geography of ``places`` whose areas are the larger blocks.

    Returns
    -------
    AreaPlan
        Of the smaller blocks, with the area codes of ``plan``.

    Raises
    ------
    NoWayDownError
        If blocks lie in none of the larger blocks of ``plan``.
    NoPlanError
        If the areas could not be brought within the bounds.
    """
    ladder = Ladder(places=places, criteria=criteria, terms=terms(places, criteria))
    blocks = ladder.blocks()
    start = joined_up(blocks, carried_down(plan, places, through))
    polished = polish(blocks, start, ladder.bounds, work or Work(), rng, progress=progress)
    return AreaPlan(blocks=places.blocks.codes, areas=plan.areas, area_of=polished)


def carried_down(plan: AreaPlan, places: Places, through: str) -> IntVector:
    """The area of the larger block that holds most of each block."""
    if through not in places.geographies:
        raise NoWayDownError(through, places.blocks.codes)
    geography = places.geographies[through]
    area_of = dict(zip(plan.blocks, plan.area_of.tolist(), strict=True))
    areas = np.array([*(area_of.get(BlockCode(code), -1) for code in geography.codes), -1])
    found: IntVector = areas[geography.dominant(len(places.blocks))]
    lost = [places.blocks.codes[block] for block in np.flatnonzero(found < 0).tolist()]
    if lost:
        raise NoWayDownError(through, lost)
    return found


def joined_up(units: Units, plan: IntVector) -> IntVector:
    """Give each piece that is cut off from its area to the neighbour with most borders to it.

    The piece of an area that has most people stays. A piece that borders nothing stays too.
    """
    plan = plan.copy()
    while True:
        inside = plan[units.pairs[:, 0]] == plan[units.pairs[:, 1]]
        piece = components(len(units), units.pairs[inside])
        people = np.bincount(piece, weights=units.terms.people)
        area = np.zeros(len(people), dtype=np.int64)
        area[piece] = plan
        main = {int(area[one]): one for one in np.argsort(people, kind="stable").tolist()}
        ends = np.concatenate([units.pairs[~inside], units.pairs[~inside, ::-1]])
        stray = ends[[main[area[one]] != one for one in piece[ends[:, 0]].tolist()]]
        if not len(stray):
            return plan
        first = piece[stray[:, 0]].min()
        touched = plan[stray[piece[stray[:, 0]] == first, 1]]
        plan[piece == first] = np.bincount(touched).argmax()
