"""Better plans that split atoms, and how good any plan of whole blocks can be.

In:        blocks, the best plan so far and areas like its, chance, a budget of work.
Out:       ``Split``: better plans as they are found, then a bound if one is to be proven.
Rule:      plans of blocks are cooled, and the best plan is put together from the areas met and
           the best unions of atoms. For a bound the prices of blocks are settled; it follows
           from the prices alone: each question of where a bargain might be is answered to the
           end, or counts with the least that it leaves open.
Not here:  cooling (``redraw``), prices (``settling``), questions (``bargains``), the choice
           among areas (``search``).
Source:    decision record 0013.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from folkmoot.areas.atoms import Units
from folkmoot.areas.bargains import Answer, Band, Market, bands, crossings
from folkmoot.areas.baselines import spread
from folkmoot.areas.columns import Columns, Task
from folkmoot.areas.errors import NoPlanError
from folkmoot.areas.met import Met
from folkmoot.areas.redraw import redraw
from folkmoot.areas.search import best_of
from folkmoot.areas.settling import RATIO, Settled, settle
from folkmoot.areas.solver import least_packing
from folkmoot.areas.threads import side_by_side
from folkmoot.areas.work import Step, Work
from folkmoot.geography.terms import area_costs, coterminosity_costs
from folkmoot.vocabulary.arrays import FloatVector, IntVector
from folkmoot.vocabulary.progress import Progress

DEARER = (0.0, 0.3, 1.0, 3.0)
"""How much dearer boundaries are made, plan by plan, where what they cost is limited."""

REDRAWS_A_BLOCK = 500
"""Steps of one cooling for each block, at most."""

FEWEST = 3
"""Plans that are cooled where nothing else could be weighed."""

STRIDE = 300_000
"""Steps that the questions asked at once may take, between two looks at how far the work is."""

NARROW = 1.12
"""Greatest over least people of the bands of a proof. Wider ones take too many steps each, and
narrower ones more steps together."""

DEEPER = 8
"""How many times the steps that a question had it gets when it is asked again."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Split:
    """What splitting atoms has brought so far."""

    plan: IntVector | None
    """The best plan found; None before there is any."""
    cost: float
    bound: float | None
    """No plan of whole blocks costs less; None where nothing is proven."""
    trail: tuple[Step, ...]

    def noting(self, what: str, count: int) -> "Split":
        """The same with one step more."""
        return replace(self, trail=(*self.trail, Step(what, count)))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Splitting:
    """A search among plans of whole blocks."""

    blocks: Units
    market: Market
    task: Task
    bounds: Band
    work: Work

    @classmethod
    def of(
        cls, blocks: Units, n_areas: int, bounds: Band, limits: tuple[float, ...], work: Work
    ) -> Self:
        """Set out the blocks once."""
        return cls(
            blocks=blocks,
            market=Market.of(blocks),
            task=Task(n_units=len(blocks), n_areas=n_areas, limits=limits),
            bounds=bounds,
            work=work,
        )

    def search(
        self,
        start: IntVector | None,
        near: Columns | None,
        rng: np.random.Generator,
        *,
        progress: Progress,
    ) -> Iterator[Split]:
        """Yield whenever a better plan may have been found, or a bound.

        Parameters
        ----------
        start : array of shape (n_blocks,), optional
            The best plan so far.
        near : Columns, optional
            Areas of whole atoms that good plans are made of.
        """
        known = np.inf if start is None else float(area_costs(self.blocks.terms, start).sum())
        found = Split(plan=start, cost=known, bound=None, trail=())
        plans, met = self._cooled(start, rng, progress)
        found = self._best(found, plans).noting("plans of whole blocks cooled", len(plans))
        yield found
        pools = [met, *([near] if near is not None else [])]
        columns = Columns.joined([pool for pool in pools if len(pool)] or [met])
        found = self._together(found, columns, progress).noting("areas put together", len(columns))
        yield found
        if not self.work.proof_steps or not len(columns):
            return
        settled = settle(self.market, columns, self.task, self.bounds, self.work, progress=progress)
        found = found.noting("rounds of pricing areas of whole blocks", settled.rounds)
        found = self._together(found, self._gathered(settled, found.cost, progress), progress)
        yield found
        yield replace(found, bound=self._bound(settled, progress))

    def _cooled(
        self, start: IntVector | None, rng: np.random.Generator, progress: Progress
    ) -> tuple[list[IntVector], Columns]:
        """Plans cooled from the best so far and from nothing, and all areas that they met."""

        def one(job: tuple[int, np.random.Generator]) -> tuple[list[IntVector], Columns]:
            number, chance = job
            dearer = DEARER[number % len(DEARER)] if self.task.limits else 0.0
            terms = replace(
                self.blocks.terms, cell_scales=self.blocks.terms.cell_scales * (1.0 + dearer)
            )
            met = Met(terms.people, self.bounds)
            try:
                plan = redraw(
                    replace(self.blocks, terms=terms),
                    self.task.n_areas,
                    self.bounds,
                    replace(self.work, redraws=self._redraws),
                    chance,
                    start=start if self._is_refined(number) else None,
                    met=met,
                    progress=progress,
                )
            except NoPlanError:
                return [], self._measured(met, dearer)
            return [plan], self._measured(met, dearer)

        count = (self.work.beginnings or FEWEST) * (2 if self.task.limits else 1)
        done = list(side_by_side(one, enumerate(rng.spawn(count))))
        plans = [plan for drawn, _ in done for plan in drawn]
        return plans, Columns.joined([met for _, met in done])

    @property
    def _redraws(self) -> int:
        """Steps of one cooling: a small country needs fewer."""
        return min(self.work.redraws, REDRAWS_A_BLOCK * len(self.blocks))

    def _is_refined(self, number: int) -> bool:
        """Whether a plan is cooled from the best so far: the first, and under limits half."""
        return number < max(self.work.beginnings * len(self.task.limits), 1)

    def _measured(self, met: Met, dearer: float) -> Columns:
        """The areas met, with what they really cost."""
        columns = met.columns()
        if not self.task.limits:
            return columns
        crossing = crossings(self.market.ground, columns.starts, columns.members)
        return replace(columns, costs=columns.costs - dearer * crossing, measures=crossing[:, None])

    def _best(self, found: Split, plans: Sequence[IntVector]) -> Split:
        """The cheapest of the best so far and some plans that are within the limits."""
        terms = self.blocks.terms
        for plan in plans:
            cost = float(area_costs(terms, plan).sum())
            crossing = float(coterminosity_costs(terms, plan).sum())
            if cost < found.cost and all(crossing <= limit for limit in self.task.limits):
                found = replace(found, plan=plan, cost=cost)
        return found

    def _together(self, found: Split, columns: Columns, progress: Progress) -> Split:
        """The best plan made of some areas, if it is better than the best so far."""
        progress(f"Putting together the best of {len(columns):,} areas", 0.8)

        def ruling(stage: str, share: float) -> None:
            progress(stage.replace("Ruling out areas", "Putting areas together"), share)

        areas = best_of(columns, self.task, self.work, cost_to_beat=found.cost, progress=ruling)
        if areas is None:
            return found
        plan = spread(areas, self.blocks)
        return replace(found, plan=plan, cost=float(areas.costs.sum()))

    def _gathered(self, settled: Settled, cost: float, progress: Progress) -> Columns:
        """The areas closest to being bargains."""
        progress("Gathering the areas that a better plan could be made of", 0.7)
        answers = self.market.ask(
            self.market.questions(bands(self.bounds, RATIO)),
            settled.prices,
            below=settled.area_price + max(cost - settled.estimate, 0.0),
            steps=self.work.gather_steps,
            most=self.work.gather_steps,
        )
        columns = Columns.joined([settled.columns, *(one.columns for one in answers)])
        order = np.argsort(columns.reduced(settled.prices), kind="stable")[: self.work.gathered]
        return columns.only(np.sort(order))

    def _bound(self, settled: Settled, progress: Progress) -> float | None:
        """What the prices prove: no plan of whole blocks costs less.

        Questions that are not answered to the end are asked again with more steps, until the
        work is used up; those left over count with what they leave open.
        """
        steps, spent = self.work.bargain_steps, 0
        done: list[Answer] = []
        questions = self.market.questions(bands(self.bounds, NARROW))
        while questions:
            unsure: list[Answer] = []
            at_once = max(STRIDE // steps, 2)
            for first in range(0, len(questions), at_once):
                asked = questions[first : first + at_once]
                has_work = spent < self.work.proof_steps
                progress(
                    f"Proving a bound: {len(questions) - first:,} questions to answer",
                    spent / self.work.proof_steps,
                )
                answers = self.market.ask(
                    asked,
                    settled.prices,
                    below=settled.area_price,
                    steps=steps if has_work else 1,
                    most=100,
                )
                spent += sum(answer.steps for answer in answers)
                for answer in answers:
                    (done if answer.is_whole or not has_work else unsure).append(answer)
            steps *= DEEPER
            questions = [answer.question for answer in unsure]
        least: FloatVector = np.array([answer.least for answer in done])
        packed = least_packing(
            least,
            np.array([answer.question.root for answer in done]),
            np.array([answer.question.band for answer in done]),
            n_areas=self.task.n_areas,
            people=int(self.blocks.terms.people.sum()),
        )
        bound = self.task.bound(settled.prices, 0.0) + packed
        return bound if np.isfinite(bound) else None
