"""Ask which areas of blocks are bargains at some prices, and prove that there are no others.

In:        blocks, population bounds, prices, how far to look.
Out:       the bargains, and for every question how low what was not met can be.
Rule:      each area is asked for once: its root is the block with most people, and its people
           lie in one band. The narrower the bands, the closer the bounds of the search.
Not here:  the search itself (``bargain_kernels``); prices (``settling``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np

from folkmoot.areas import bargain_kernels as kernels
from folkmoot.areas.atoms import Units
from folkmoot.areas.columns import Columns, Prices
from folkmoot.areas.threads import side_by_side
from folkmoot.geography.terms import Terms
from folkmoot.vocabulary.arrays import FloatVector, IntVector

Band = tuple[int, int]
"""Least and most people of an area, both allowed."""


@dataclass(frozen=True, slots=True)
class Question:
    """Areas with one root, and people within one band."""

    root: int
    band: Band


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Answer:
    """What a question brought."""

    question: Question
    columns: Columns
    reduced: FloatVector
    least: float
    """No area of the question has a lower reduced cost."""
    is_whole: bool
    """Whether every area under the limit was met."""
    steps: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Market:
    """Blocks as the search for bargains wants them."""

    ground: kernels.Ground
    rank: IntVector
    """Place of each block when they are sorted by people, the most first."""

    @classmethod
    def of(cls, blocks: Units) -> Self:
        """Set out the blocks once; some hundreds, as distances between all are kept."""
        terms, rows = blocks.terms, blocks.rows()
        people = np.maximum(terms.people, 1)
        figures = np.ascontiguousarray(terms.moments / people[:, None])
        apart = ((figures[:, None] - figures[None]) ** 2).sum(axis=2)
        # A block is not another: it stands last, and is not listed.
        itself = np.where(np.eye(len(blocks), dtype=np.bool_), np.inf, apart)
        busy = rows.flow / people
        order = np.argsort(-terms.people, kind="stable")
        rank = np.empty(len(blocks), dtype=np.int64)
        rank[order] = np.arange(len(blocks))
        return cls(
            rank=rank,
            ground=kernels.Ground(
                graph=blocks.graph(),
                overlap_start=rows.overlap_start,
                overlap_cell=rows.overlap_cell,
                overlap_share=rows.overlap_share,
                cell_scales=rows.cell_scales,
                cell_people=_cell_people(terms),
                straight=-rows.flow_within,
                squares=rows.squares,
                figures=figures,
                apart=apart,
                nearest=np.argsort(itself, axis=1, kind="stable"),
                n_near=np.full(len(blocks), len(blocks) - 1),
                flow=rows.flow,
                busiest=np.argsort(-busy, axis=1, kind="stable"),
                n_busy=(busy > 0).sum(axis=1),
            ),
        )

    def questions(self, bands: Sequence[Band]) -> list[Question]:
        """Every question that all areas within the bands are asked for by."""
        roots = np.argsort(self.rank).tolist()
        people = self.ground.graph.people
        return [Question(root, band) for band in bands for root in roots if people[root] <= band[1]]

    def ask(
        self,
        questions: Sequence[Question],
        prices: Prices,
        *,
        below: float,
        steps: int,
        most: int,
    ) -> list[Answer]:
        """Answer questions side by side; each takes so many steps, and lists so many areas."""
        # The one measure that criteria limit is what geographies cost: its price makes them dearer.
        dearer = 1.0 - float(prices.measures.sum())
        ground = self.ground._replace(cell_scales=self.ground.cell_scales * dearer)

        def one(question: Question) -> Answer:
            return self._answer(ground, question, prices, below=below, steps=steps, most=most)

        return list(side_by_side(one, questions))

    def _answer(
        self,
        ground: kernels.Ground,
        question: Question,
        prices: Prices,
        *,
        below: float,
        steps: int,
        most: int,
    ) -> Answer:
        room = most * MEMBERS + kernels.DEEPEST
        found = kernels.Found(
            np.zeros(room, np.int64), np.zeros(most + 1, np.int64), np.zeros(most)
        )
        wanted = kernels.Question(
            question.root,
            self.rank >= self.rank[question.root],
            *question.band,
            below,
            steps,
        )
        count, least, taken = kernels.find_bargains(ground, prices.units, wanted, found)
        starts = found.starts[: count + 1].copy()
        members = found.members[: starts[-1]].copy()
        reduced = found.reduced[:count].copy()
        return Answer(
            question=question,
            columns=self.columns(starts, members, reduced, prices),
            reduced=reduced,
            least=least,
            is_whole=least >= (min(below, reduced.min()) if count else below),
            steps=taken,
        )

    def columns(
        self, starts: IntVector, members: IntVector, reduced: FloatVector, prices: Prices
    ) -> Columns:
        """Areas as columns, their units sorted, with the cost that reduced costs come from."""
        column_of = np.repeat(np.arange(len(reduced)), np.diff(starts))
        members = members[np.lexsort((members, column_of))]
        paid = np.bincount(column_of, weights=prices.units[members], minlength=len(reduced))
        measures = np.zeros((len(reduced), len(prices.measures)))
        if len(prices.measures):
            measures[:, 0] = crossings(self.ground, starts, members)
        costs = reduced + paid + measures @ prices.measures
        return Columns(starts=starts, members=members, costs=costs, measures=measures)


MEMBERS = 40
"""Blocks of an ordinary area, at most: how much room a list of areas gets."""


def bands(bounds: Band, ratio: float) -> list[Band]:
    """Cut a range of people into bands of which the most is about ``ratio`` times the least.

    Examples
    --------
    >>> bands((100, 400), 2.0)
    [(100, 200), (201, 400)]
    """
    least, most = max(bounds[0], 1), bounds[1]
    if most <= least:
        return [bounds]
    count = max(round(np.log(most / least) / np.log(ratio)), 1)
    ends = np.round(np.geomspace(least, most, count + 1)).astype(np.int64).tolist()
    ends[0] = bounds[0]
    return [(low + (n > 0), high) for n, (low, high) in enumerate(pairwise(ends))]


def crossings(ground: kernels.Ground, starts: IntVector, members: IntVector) -> FloatVector:
    """The part of each area's cost that existing geographies make."""
    n_columns, n_cells = len(starts) - 1, len(ground.cell_scales)
    entries = np.diff(ground.overlap_start)[members]
    first = ground.overlap_start[members]
    place = np.repeat(first - np.concatenate([[0], np.cumsum(entries)[:-1]]), entries)
    place = place + np.arange(entries.sum())
    column = np.repeat(np.repeat(np.arange(n_columns), np.diff(starts)), entries)
    key, entry = np.unique(column * n_cells + ground.overlap_cell[place], return_inverse=True)
    share = np.bincount(entry, weights=ground.overlap_share[place])
    costs = ground.cell_scales[key % n_cells] * share * np.log(np.where(share > 0, share, 1.0))
    crossing = np.bincount(key // n_cells, weights=costs, minlength=n_columns)
    return crossing.astype(np.float64)


def _cell_people(terms: Terms) -> FloatVector:
    """People of the geography that each cell's shares are parts of, at most.

    A share is people over people, so any block tells: those of a cell with least people a
    share have them all in the geography. Split blocks tell more, which would not be a bound.
    """
    found = np.full(len(terms.cell_scales), np.inf)
    shares = terms.overlap.value
    held = shares > 0
    rows, cells = terms.overlap.row[held], terms.overlap.column[held]
    np.minimum.at(found, cells, terms.people[rows] / shares[held])
    return np.where(np.isfinite(found), found, 1.0)
