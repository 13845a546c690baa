"""Which option is best, and how sure that is.

In:        options that have been weighed (``outcomes.worth``).
Out:       options in order of net value, each with the chance that it is the best of them.
Rule:      doing none of them is always one of the choices. An option whose figures are not
           known comes last and has no rank; one without a range has no chance.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from folkmoot.outcomes.worth import AccountName, Worth
from folkmoot.vocabulary.arrays import FloatVector


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """An option in its place."""

    worth: Worth
    rank: int | None
    """1 has the highest net value; options as good share a rank. None: not known."""
    chance: float | None
    """Chance that it is the best of those with a range; None where it has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Options beside each other, by one account."""

    account: AccountName
    options: tuple[Ranked, ...]
    chance_of_none: float | None
    """Chance that doing none of them is best; None where no option has a range."""


def compare_options(worths: Iterable[Worth], *, account: AccountName) -> Comparison:
    """Rank options by net value, with the chance that each is best.

    Parameters
    ----------
    worths
        In any order; the order changes nothing but where options are wholly alike.
    account : {'fiscal', 'public'}
        Whose value counts.
    """
    found = sorted(worths, key=lambda one: (_known(one, account), one.option.name))
    nets = {
        one.option.name: one.accounts[account].nets
        for one in found
        if account in one.accounts and len(one.accounts[account].nets)
    }
    chances, none = _chances(nets) if nets else ({}, None)
    values = [one.accounts[account].net.value for one in found if account in one.accounts]
    return Comparison(
        account=account,
        options=tuple(
            Ranked(
                worth=one,
                rank=_rank(one.accounts[account].net.value, values)
                if account in one.accounts
                else None,
                chance=chances.get(one.option.name),
            )
            for one in found
        ),
        chance_of_none=none,
    )


def _known(one: Worth, account: AccountName) -> float:
    """What to sort by: the highest net value first, the unknown last."""
    return -one.accounts[account].net.value if account in one.accounts else np.inf


def _rank(value: float, values: Iterable[float]) -> int:
    return 1 + sum(other > value for other in values)


def _chances(nets: dict[str, FloatVector]) -> tuple[dict[str, float], float]:
    """Share of the draws in which each is best; draws in which several are, they share."""
    drawn = np.stack([*nets.values(), np.zeros(len(next(iter(nets.values()))))])
    is_best = drawn == drawn.max(axis=0)
    shares = (is_best / is_best.sum(axis=0)).mean(axis=1)
    return dict(zip(nets, shares.tolist(), strict=False)), float(shares[-1])
