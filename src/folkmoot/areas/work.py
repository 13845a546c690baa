"""How much work a search may do, and what it did.

Work is counted in steps, never in seconds, so that a plan does not depend on the machine.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Budgets of a design; each is a limit of patience or memory, not of policy."""

    unions: int = 30_000_000
    """Connected unions of units that are enumerated; if there are more, none is."""
    memory_bytes: int = 1_000_000_000
    """Memory for them."""
    rounds: int = 1_000
    """Rounds of pricing in which the relaxation may settle."""
    pool: int = 400_000
    """Unions that one pool may hold."""
    branches: int = 1_000
    """Pools that may be halved within one reach."""
    guesses: int = 40
    """The same where the best areas met are put together and nothing is to be proven."""
    near: int = 12_000
    """Unions of atoms close to a plan's that may be part of a plan which splits others."""
    bargain_rounds: int = 16
    """Rounds in which the prices of blocks may settle."""
    bargain_steps: int = 150
    """Steps of the search for bargains that each question of a round takes at first."""
    gather_steps: int = 300
    """The same when areas for a better plan are gathered."""
    gathered: int = 40_000
    """Areas of whole blocks that a better plan is put together from."""
    proof_steps: int = 0
    """Steps of that search that a bound on all plans of whole blocks may take."""
    redraws: int = 150_000
    """Steps of one cooling, where unions are too many to enumerate."""
    attempts: int = 8
    """Coolings in which a plan may come within its bounds."""
    first_redraws: int = 10_000
    """The same for the plan that there is if all else is cut short."""
    beginnings: int = 10
    """Plans of blocks that are cooled: one from the best plan so far, the others from nothing.
    With none, atoms are not split."""
    few_units: int = 2_000
    """Blocks up to which that is done; more of them are designed on a coarser level first."""
    coarse_unions: int = 12_000_000
    """Connected unions of the units of a coarser level that are enumerated."""
    moves: int = 14_000_000
    """Pairs of neighbouring blocks that are looked at while a plan of a coarser level cools."""


EFFORTS = {
    "quick": Work(beginnings=0),
    "usual": Work(),
    "full": Work(beginnings=24, proof_steps=48_000_000),
}
"""Budgets by name. Quick: whole atoms only. Full: a bound on all plans of whole blocks too."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that a search did, counted."""

    what: str
    """In the plural, for people: 'atoms of 296 blocks'."""
    count: int

    def __str__(self) -> str:
        return f"{self.count:,} {self.what}"
