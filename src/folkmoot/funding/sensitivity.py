"""What many draws say: how sure each grant is, and which number it hangs on.

In:        a simulation; the desk that made its settlement.
Out:       ``Spread`` by stream, year and area; ``Influence`` by stream and number.
Rule:      draws without a settlement are left out of both, and counted.
Source:    Saltelli 2010, "Variance based sensitivity analysis of model output" (the estimator of
           first-order indices); Lamboni, Monod and Makowski 2011 (one index for many outputs);
           decision record 0016.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

import numpy as np
from numpy.typing import NDArray

from folkmoot.funding.chance import Chance, draw
from folkmoot.funding.errors import InfeasibleError
from folkmoot.funding.formula_parameters import parameters, with_values
from folkmoot.funding.formula_text import exact
from folkmoot.funding.level_kernels import CEILING, FLOOR
from folkmoot.funding.settlement import Desk, Settlement, StreamYear
from folkmoot.funding.simulation import Drawn, Model, Simulation, settle_stream
from folkmoot.funding.streams import Stream
from folkmoot.vocabulary.arrays import FloatMatrix, IntMatrix
from folkmoot.vocabulary.codes import AreaCode, StreamCode
from folkmoot.vocabulary.periods import FinancialYear
from folkmoot.vocabulary.progress import Progress, silent

LEVELS = (0.05, 0.5, 0.95)
MOST_PAIRS = 2000
"""Pairs of draws from which an index is estimated."""
CHUNK = 250
KINDS = {
    "rate": "rates within their published limits",
    "population": "people of each block",
    "need": "weighted population of each block",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """One area in one stream and year, over all draws. Unit: pence."""

    area: AreaCode
    stream: StreamCode
    year: FinancialYear
    settled: int
    """As the settlement has it."""
    low: int
    """One draw in twenty is lower."""
    median: int
    high: int
    """One draw in twenty is higher."""
    on_floor: float
    """Chance that the floor binds. Unit: ratio, 0 to 1, as in what follows."""
    at_ceiling: float
    other_rank: float
    """Chance of another place among all areas, by grant a head."""
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Influence:
    """What one number does to one stream in the last year settled."""

    stream: StreamCode
    name: str
    title: str
    sobol: float | None
    """First-order index: part of all variance that is the number's alone. An estimate, which
    may lie a little below 0; None where nothing varies."""
    least: str
    """Least plausible value, or nothing where no range is declared."""
    most: str
    pence_at_stake: int | None
    """Half of what areas gain and lose between the two values; None without a range, or
    where one of them fits nothing."""


def spreads(simulation: Simulation) -> Iterator[Spread]:
    """Summarise every area, stream and year; nothing for a stream that no draw can settle."""
    settlement = simulation.settlement
    for drawn in simulation.streams:
        years = [one for one in settlement.stream_years if one.stream.code == drawn.stream]
        if drawn.feasible.any():
            for at, one in enumerate(years):
                pence = drawn.pence[drawn.feasible, at]
                states = drawn.states[drawn.feasible, at]
                yield from _of_year(settlement, one, pence, states)


def _of_year(
    settlement: Settlement, one: StreamYear, pence: IntMatrix, states: NDArray[np.int8]
) -> Iterator[Spread]:
    levels = np.quantile(pence, LEVELS, axis=0, method="inverted_cdf").astype(np.int64)
    settled = np.array([one.allocations.closing])
    people = np.maximum(np.array(settlement.population), 1)
    moved = (_ranks(pence / people) != _ranks(settled / people)).mean(axis=0)
    on_floor, at_ceiling = ((states == state).mean(axis=0) for state in (FLOOR, CEILING))
    for at, area in enumerate(settlement.areas):
        yield Spread(
            area=area,
            stream=one.stream.code,
            year=one.year,
            settled=int(settled[0, at]),
            low=int(levels[0, at]),
            median=int(levels[1, at]),
            high=int(levels[2, at]),
            on_floor=float(on_floor[at]),
            at_ceiling=float(at_ceiling[at]),
            other_rank=float(moved[at]),
            label=one.label,
        )


def _ranks(per_head: FloatMatrix) -> NDArray[np.int64]:
    """Place of each area, the least first; earlier areas first where they tie."""
    order = np.argsort(per_head, axis=1, kind="stable")
    ranks: NDArray[np.int64] = np.argsort(order, axis=1, kind="stable").astype(np.int64)
    return ranks


def influences(
    desk: Desk,
    simulation: Simulation,
    *,
    executor: Executor | None = None,
    progress: Progress = silent,
) -> tuple[Influence, ...]:
    """Find which numbers a stream's grants hang on, those with most at stake first.

    Parameters
    ----------
    executor : Executor, optional
        Of threads or processes; this thread does the work when left out.

    Notes
    -----
    With draws A and B, and A_i that is A but for number i, which is B's, the index is
    ``sum_a mean(B_a (A_i,a - A_a)) / sum_a var(A_a, B_a)`` over areas a: one for all areas,
    in which those that vary most weigh most. Weights of a profile sum to 1, so what is
    exchanged is the gamma number from which each is made.
    """
    pairs = min(simulation.draws, MOST_PAIRS)
    work = partial(_pairs, simulation.model, simulation.seed)
    chunks = [range(at, min(at + CHUNK, pairs)) for at in range(0, pairs, CHUNK)]
    done = []
    for number, part in enumerate((executor.map if executor else map)(work, chunks), 1):
        done.append(part)
        progress("Exchanging one number at a time", number / len(chunks))
    found: list[Influence] = []
    for at, model in enumerate(simulation.model.streams):
        together = _Pairs.together([part[at] for part in done])
        found += _stream_influences(desk, simulation.settlement, model.code, together)
    return tuple(sorted(found, key=lambda one: (one.stream, -(one.pence_at_stake or 0), one.name)))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Pairs:
    """The last year of one stream for draws A, B and each A_i. Shape (draws, areas)."""

    names: tuple[str, ...]
    first: IntMatrix
    second: IntMatrix
    exchanged: tuple[IntMatrix, ...]
    """By name."""

    @classmethod
    def together(cls, parts: Sequence["_Pairs"]) -> "_Pairs":
        return cls(
            names=parts[0].names,
            first=np.concatenate([one.first for one in parts]),
            second=np.concatenate([one.second for one in parts]),
            exchanged=tuple(
                np.concatenate(columns)
                for columns in zip(*(one.exchanged for one in parts), strict=True)
            ),
        )

    def index(self, at: int) -> float | None:
        """First-order index of one number."""
        is_whole = (self.first[:, 0] >= 0) & (self.second[:, 0] >= 0)
        is_whole &= self.exchanged[at][:, 0] >= 0
        first, second, mixed = (
            one[is_whole].astype(np.float64)
            for one in (self.first, self.second, self.exchanged[at])
        )
        both = np.concatenate([first, second])
        variance = both.var(axis=0).sum() if len(both) else 0.0
        if not variance:
            return None
        return float(((second - both.mean(axis=0)) * (mixed - first)).mean(axis=0).sum() / variance)


def _pairs(model: Model, seed: int, which: range) -> tuple[_Pairs, ...]:
    first = draw(model.uncertain, seed, which)
    second = draw(model.uncertain, seed, which, again=True)

    def last(stream: int, chance: Chance) -> IntMatrix:
        return _last_year(settle_stream(model.streams[stream], chance, len(which)))

    return tuple(
        _Pairs(
            names=stream.names,
            first=last(at, first),
            second=last(at, second),
            exchanged=tuple(last(at, {**first, name: second[name]}) for name in stream.names),
        )
        for at, stream in enumerate(model.streams)
    )


def _last_year(drawn: Drawn) -> IntMatrix:
    """Pence of the last year; -1 in every area of a draw without a settlement."""
    return np.where(drawn.feasible[:, None], drawn.pence[:, -1], -1)


def _stream_influences(
    desk: Desk, settlement: Settlement, code: StreamCode, pairs: _Pairs
) -> Iterator[Influence]:
    known = parameters(settlement.formula)
    stream = next(one for one in settlement.formula.streams if one.code == code)
    for at, name in enumerate(pairs.names):
        number = known.get(name)
        ends = number.plausible if number and number.is_uncertain else None
        yield Influence(
            stream=code,
            name=name,
            title=number.title if number else KINDS[name.partition(".")[0]],
            sobol=pairs.index(at),
            least=exact(ends[0]) if ends else "",
            most=exact(ends[1]) if ends else "",
            pence_at_stake=_at_stake(desk, settlement, stream, name, ends) if ends else None,
        )


def _at_stake(
    desk: Desk, settlement: Settlement, stream: Stream, name: str, ends: tuple[Fraction, Fraction]
) -> int | None:
    """Half of what areas gain and lose in the last year between two values of a number."""
    opening = next(one for one in settlement.stream_years if one.stream == stream).baseline
    formulas = (with_values(settlement.formula, {name: value}) for value in ends)
    try:
        least, most = (
            desk.stream_years(formula, formula.stream(stream.code), opening) for formula in formulas
        )
    except InfeasibleError:
        return None
    pairs = zip(least[-1].allocations.closing, most[-1].allocations.closing, strict=True)
    return sum(abs(high - low) for low, high in pairs) // 2
