"""Model who uses which systems together, where only margins and odds ratios are known.

In:        people in each system, how often pairs of systems go together, what each costs.
Out:       a crowd with a row for each combination: modelled, and labelled so.
Rule:      iterative proportional fitting from even cells, until every margin and odds ratio is
           kept to 1e-9. Pairs of which nothing is declared are as unrelated as the others allow.
Source:    W. E. Deming and F. F. Stephan, Annals of Mathematical Statistics 11, 1940; R. L.
           Plackett, Journal of the American Statistical Association 60, 1965 (a pair's table).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from folkmoot.outcomes.errors import ContradictionError, PeopleError
from folkmoot.outcomes.overlap_of_people import Crowd
from folkmoot.parameters.reader import Section, read_parameters
from folkmoot.readers.tables import nearest
from folkmoot.vocabulary.arrays import FloatMatrix, IntVector
from folkmoot.vocabulary.errors import ParameterError

EXAMPLE = "people_margins_example.toml"
MOST_SYSTEMS = 12
"""More make too many combinations to fit, or to read."""
CLOSE = 1e-10
"""How far a fitted part may be from the declared one, as a part of it."""
ROUNDS, STALL, HOPE = 20_000, 200, 0.9
"""Most rounds; after as many, a miss that is not this much smaller will not go away."""
Cells = NDArray[np.float64]
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """One system of services, as its own figures show it."""

    name: str
    people: int
    pence: int
    """What a person in it costs a year."""
    commissioner: str
    commissioner_after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """What is declared of people and systems."""

    people: int
    """All, those in no system included."""
    systems: tuple[System, ...]
    odds: Mapping[Pair, float]
    """Odds of the one among users of the other, over the odds among the rest."""
    is_made_up: bool


def read_margins(path: Path) -> Margins:
    """Read a file in the form of ``parameters/people_margins_example.toml``.

    Raises
    ------
    PeopleError
        With every fault.
    """
    try:
        file = read_parameters(path)
    except ParameterError as error:
        raise PeopleError(error.source, error.faults) from error
    people = file.whole("people", least=1)
    systems = tuple(_system(one, people) for one in file.sections("system").values())
    names = list(file.section("system").values)
    found = Margins(
        people=people,
        systems=systems,
        odds=_odds(file, names),
        is_made_up=file.flag("is_made_up", default=False),
    )
    if not 2 <= len(systems) <= MOST_SYSTEMS:
        problem = f"it has {len(systems)} systems."
        file.fault("system", problem, f"Write 2 to {MOST_SYSTEMS}, as [system.health].")
    file.finish()
    if file.faults:
        raise PeopleError(file.file, file.faults)
    return found


def _system(table: Section, people: int) -> System:
    used = table.whole("people", least=1)
    if used > people > 1:
        table.fault("people", f"{used:,} are more than all {people:,}.", "Correct one of the two.")
    found = System(
        name=table.text("name"),
        people=used,
        pence=round(table.ratio("pounds_a_person", least=0) * 100),
        commissioner=table.text("commissioner"),
        commissioner_after=table.text("commissioner_after", default=""),
    )
    table.text("source")
    table.finish()
    return found


def _odds(file: Section, names: Sequence[str]) -> dict[Pair, float]:
    found: dict[Pair, float] = {}
    for row in file.rows("odds"):
        between = row.texts("between")
        ratio = float(row.ratio("ratio"))
        row.text("source")
        row.finish()
        if ratio <= 0:
            row.fault("ratio", f"{ratio:g} will not do.", "Write a number above 0; 1 is unrelated.")
        unknown = [one for one in between if one not in names]
        for one in unknown:
            row.fault("between", f"there is no system '{one}'.", nearest(one, names))
        if len(set(between)) != 2:
            row.fault("between", "it does not name two systems.", 'Write ["health", "justice"].')
        if unknown or len(set(between)) != 2:
            continue
        low, high = sorted(names.index(one) for one in between)
        if (low, high) in found:
            row.fault("between", "this pair stands already above.", "Keep one of the two.")
        found[low, high] = ratio
    return found


def modelled(margins: Margins) -> Crowd:
    """Fit all combinations to margins and odds ratios.

    Raises
    ------
    ContradictionError
        If no people could have all of them at once; the worst pair is named.
    """
    count = len(margins.systems)
    cells = fit(
        [one.people / margins.people for one in margins.systems],
        margins.odds,
        [one.name for one in margins.systems],
    )
    uses = np.stack(np.unravel_index(np.arange(2**count), (2,) * count), axis=1).astype(bool)
    return Crowd(
        systems=tuple(one.name for one in margins.systems),
        uses=uses,
        people=cells.reshape(-1) * margins.people,
        pence=uses @ np.array([float(one.pence) for one in margins.systems]),
        before=_distinct(uses, [one.commissioner for one in margins.systems]),
        after=_distinct(uses, after)
        if all(after := [one.commissioner_after for one in margins.systems])
        else None,
        is_modelled=True,
        is_made_up=margins.is_made_up,
    )


def _distinct(uses: NDArray[np.bool_], commissioners: Sequence[str]) -> IntVector:
    pays = np.array(
        [[one == name for one in commissioners] for name in dict.fromkeys(commissioners)]
    )
    return np.asarray((uses[:, None, :] & pays[None, :, :]).any(axis=2).sum(axis=1), dtype=np.int64)


def pair_table(one: float, other: float, odds_ratio: float) -> FloatMatrix:
    """Parts in neither, the other, the one, both of two systems, by their margins and odds ratio.

    Parameters
    ----------
    one, other : float
        Part of all people in each, 0 to 1.

    Examples
    --------
    >>> pair_table(0.5, 0.5, 4.0).round(6).tolist()
    [[0.333333, 0.166667], [0.166667, 0.333333]]
    """
    middle = 1.0 + (one + other) * (odds_ratio - 1.0)
    root = sqrt(max(0.0, middle**2 - 4.0 * odds_ratio * (odds_ratio - 1.0) * one * other))
    # This form of the root does not divide by the odds ratio less 1.
    both = 2.0 * odds_ratio * one * other / (middle + root)
    return np.array([[1.0 - one - other + both, other - both], [one - both, both]])


def fit(shares: Sequence[float], odds: Mapping[Pair, float], names: Sequence[str]) -> Cells:
    """Parts of all people in each combination: shape (2, 2, …), index 1 for being in a system.

    Raises
    ------
    ContradictionError
        If the margins and odds ratios do not fit each other.
    """
    wanted: list[tuple[tuple[int, ...], Cells]] = [
        (pair, pair_table(shares[pair[0]], shares[pair[1]], ratio))
        for pair, ratio in sorted(odds.items())
    ]
    alone = set(range(len(shares))) - {at for pair in odds for at in pair}
    wanted += [((at,), np.array([1.0 - shares[at], shares[at]])) for at in sorted(alone)]
    cells = np.full((2,) * len(shares), 0.5 ** len(shares))
    last = np.inf
    for rounds in range(1, ROUNDS + 1):
        for axes, target in wanted:
            cells = cells * _ratio(cells, axes, target)
        misses = [_miss(cells, axes, target) for axes, target in wanted]
        miss = max(misses)
        if miss < CLOSE:
            return cells
        if rounds % STALL == 0:
            if miss > HOPE * last:
                break
            last = miss
    worst = wanted[misses.index(miss)][0]
    raise ContradictionError(" with ".join(names[at] for at in worst), rounds)


def _summed(cells: Cells, axes: tuple[int, ...]) -> Cells:
    found: Cells = cells.sum(axis=tuple(at for at in range(cells.ndim) if at not in axes))
    return found


def _ratio(cells: Cells, axes: tuple[int, ...], target: Cells) -> Cells:
    """What each cell is multiplied by, so that a margin is as declared."""
    found = _summed(cells, axes)
    ratio = np.divide(target, found, out=np.zeros_like(target), where=found > 0)
    shape = [2 if at in axes else 1 for at in range(cells.ndim)]
    return ratio.reshape(shape)


def _miss(cells: Cells, axes: tuple[int, ...], target: Cells) -> float:
    """How far a margin is off, as a part of the declared one where there is one."""
    off = np.abs(_summed(cells, axes) - target)
    return float((off / np.where(target > 0, target, 1.0)).max())
