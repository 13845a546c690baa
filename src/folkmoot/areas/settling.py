"""Settle the prices of blocks, when their areas are too many to list.

In:        blocks, the task, and areas that good plans are made of.
Out:       ``Settled``: prices at which no area is much of a bargain, the areas that were met,
           and the bound that the prices prove for every plan of whole blocks.
Rule:      many prices are optimal, and most of them are wild. So the first are those that come
           closest to what known areas cost; then answers may go a little way from the best
           prices so far, further each time that they prove more. An answer is taken from
           the middle of the optimal prices.
Not here:  finding bargains (``bargains``); choosing whole areas (``search``).
Source:    Marsten, Hogan and Blankenship 1975, The boxstep method for large-scale
           optimization; du Merle, Villeneuve, Desrosiers and Hansen 1999, Stabilized column
           generation.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from folkmoot.areas.bargains import Answer, Band, Market, bands
from folkmoot.areas.columns import Columns, Prices, Task
from folkmoot.areas.solver import TOLERANCE, Central, Trust, central_prices
from folkmoot.areas.work import Work
from folkmoot.vocabulary.arrays import FloatVector, IntVector
from folkmoot.vocabulary.progress import Progress

RATIO = 1.35
"""Greatest over least people of the bands in which bargains are looked for."""

BARGAINS = 30
"""Areas of one question that are kept in a round."""

KEPT = 12_000
"""Areas that stay from round to round: those with the least reduced cost."""

FEW = 30
"""New areas in a round below which each question is looked into more deeply."""

FIRST_TRUST = 0.6
"""How far prices may go at first, as a part of the usual price."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Settled:
    """Prices, the areas met, and what is thought and known of both."""

    prices: Prices
    area_price: float
    columns: Columns
    estimate: float
    """What the prices would prove, if the search for bargains had missed none."""
    rounds: int
    steps: int


def settle(
    market: Market,
    columns: Columns,
    task: Task,
    bounds: Band,
    work: Work,
    *,
    progress: Progress,
) -> Settled:
    """Settle prices, beginning with some areas that cover every block.

    Parameters
    ----------
    columns : Columns
        Areas of blocks; the better they are, the sooner prices settle.
    bounds : tuple of int
        Least and most people of an area, both allowed.
    """
    scale = 1.0 / max(float(np.median(np.abs(columns.costs))), 1e-9)
    questions = market.questions(bands(bounds, RATIO))
    centre = likely_prices(columns, market.ground.graph.people)
    width = FIRST_TRUST * float(np.median(np.abs(centre)))
    columns = _best(columns, Prices(centre, np.zeros(len(task.limits))))
    best, depth, steps = -np.inf, work.bargain_steps, 0
    settled: Settled | None = None
    for round_ in range(work.bargain_rounds):
        progress("Settling the prices of blocks", round_ / work.bargain_rounds)
        trust = Trust(centre=centre, width=width)
        central = central_prices(columns, task, trust, scale=scale)
        below = central.area_price - TOLERANCE / scale
        answers = market.ask(questions, central.prices, below=below, steps=depth, most=8 * BARGAINS)
        steps += sum(answer.steps for answer in answers)
        estimate = task.bound(central.prices, _least(answers, central))
        columns, n_new = _joined(_best(columns, central.prices), answers)
        if estimate > best:
            best, centre, width = estimate, central.prices.units, 1.5 * width
            settled = Settled(
                prices=central.prices,
                area_price=central.area_price,
                columns=columns,
                estimate=estimate,
                rounds=round_ + 1,
                steps=steps,
            )
        else:
            width *= 0.8
        if not n_new and central.is_free:
            break
        if n_new < FEW:
            depth *= 2
    if settled is None:
        raise AssertionError("a round of pricing always estimates something")
    return replace(settled, columns=columns, steps=steps)


def likely_prices(columns: Columns, people: IntVector) -> FloatVector:
    """Prices that come closest to what areas cost, each block's near its people's share.

    Least squares with a ridge: what the areas do not tell apart is shared by people.
    """
    step = max(len(columns) // KEPT, 1)
    kept = columns.only(np.argsort(columns.costs, kind="stable")[::step])
    holds = kept.holds(len(people)).astype(np.float64)
    share = people / people.sum()
    line = np.column_stack([holds @ share, np.ones(len(kept))])
    (a_head, each), *_ = np.linalg.lstsq(line, kept.costs)
    ridge = len(kept) / len(people) * np.eye(len(people))
    beside = np.linalg.solve(
        holds.T @ holds + ridge, holds.T @ (kept.costs - a_head * line[:, 0] - each)
    )
    prices: FloatVector = a_head * share + beside
    return prices


def _least(answers: Sequence[Answer], central: Central) -> float:
    found = [float(answer.reduced.min()) for answer in answers if len(answer.columns)]
    return min([central.area_price, *found])


def _best(columns: Columns, prices: Prices) -> Columns:
    """The areas with the least reduced cost."""
    if len(columns) <= KEPT:
        return columns
    order = np.argsort(columns.reduced(prices), kind="stable")[:KEPT]
    return columns.only(np.sort(order))


def _joined(columns: Columns, answers: Sequence[Answer]) -> tuple[Columns, int]:
    """The columns with the best of each answer, and how many are new."""
    chosen = [
        answer.columns.only(np.argsort(answer.reduced, kind="stable")[:BARGAINS])
        for answer in answers
        if len(answer.columns)
    ]
    together = Columns.joined([columns, *chosen])
    return together, len(together) - len(columns)
