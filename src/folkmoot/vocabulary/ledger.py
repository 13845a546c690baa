"""Double entries: every pound leaves one holder and reaches another, for a stated cause.

In:        entries, in any order.
Out:       what each holder received, paid and keeps; sums by any fields of an entry.
Rule:      what comes into a holder goes out of it or is its balance; balances sum to 0.
Not here:  who passes what to whom (``services.flow``, ``funding.settlement_ledger``).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby
from typing import Any, Literal, Self

from folkmoot.vocabulary.codes import HolderCode, StreamCode
from folkmoot.vocabulary.errors import FolkmootError
from folkmoot.vocabulary.money import apportion, in_pounds
from folkmoot.vocabulary.periods import FinancialYear

TREASURY = HolderCode("treasury")
SAVINGS = HolderCode("savings")
"""What administration no longer costs; zero unless a plan declares it."""
RETAINED = HolderCode("retained-at-centre")

Field = Literal["year", "stream", "from_holder", "to_holder", "cause", "reference"]


class EntryError(FolkmootError):
    """An entry that moves no money, moves it nowhere, or gives no cause."""

    def __init__(self, from_holder: str, to_holder: str, pence: int, cause: str) -> None:
        super().__init__(from_holder, to_holder, pence, cause)
        self.from_holder, self.to_holder = from_holder, to_holder
        self.pence, self.cause = pence, cause

    def __str__(self) -> str:
        if self.pence <= 0:
            problem, mend = (
                f"moves {in_pounds(self.pence)}",
                "Write a positive sum, and swap the holders where money runs back",
            )
        elif self.from_holder == self.to_holder:
            problem, mend = "ends where it starts", "Name two holders"
        else:
            problem, mend = "gives no cause", "Say why the money moves"
        return (
            f"The entry from '{self.from_holder}' to '{self.to_holder}' {problem}. "
            f"A ledger must show where each pound comes from, goes to, and why. {mend}."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One sum that leaves one holder and reaches another."""

    year: FinancialYear
    stream: StreamCode
    from_holder: HolderCode
    to_holder: HolderCode
    pence: int
    cause: str
    reference: str = ""
    """The parameter, settlement or decision that the entry rests on."""

    def __post_init__(self) -> None:
        if self.pence <= 0 or self.from_holder == self.to_holder or not self.cause:
            raise EntryError(self.from_holder, self.to_holder, self.pence, self.cause)

    def order(self) -> tuple[int | str, ...]:
        """What ledgers are sorted by: year, stream, holders, then the rest."""
        holders = (self.from_holder, self.to_holder)
        return (self.year.start, self.stream, *holders, self.cause, self.reference, self.pence)


@dataclass(frozen=True, slots=True)
class Ledger:
    """Entries in one fixed order, so that the order they came in changes nothing.

    Examples
    --------
    >>> year = FinancialYear(2026)
    >>> paid = Entry(year=year, stream="health", from_holder="treasury", to_holder="body-A01",
    ...              pence=5, cause="settlement")
    >>> Ledger((paid,)).balances()
    {'body-A01': 5, 'treasury': -5}
    """

    entries: tuple[Entry, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "entries", tuple(sorted(self.entries, key=Entry.order)))

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Self:
        """Make a ledger from entries in any order."""
        return cls(tuple(entries))

    def plus(self, other: Self) -> Self:
        """The entries of both."""
        return type(self)(self.entries + other.entries)

    def merged(self) -> Self:
        """Entries that differ only in their pence, as one."""
        alike = groupby(self.entries, key=lambda entry: entry.order()[:-1])
        found = []
        for _, same in alike:
            first, *rest = same
            pence = first.pence + sum(one.pence for one in rest)
            found.append(replace(first, pence=pence) if rest else first)
        return type(self)(tuple(found))

    def received(self) -> dict[HolderCode, int]:
        """Pence that came to each holder, by code."""
        return {holder: pence for (holder,), pence in self.sums("to_holder").items()}

    def paid(self) -> dict[HolderCode, int]:
        """Pence that left each holder, by code."""
        return {holder: pence for (holder,), pence in self.sums("from_holder").items()}

    def balances(self) -> dict[HolderCode, int]:
        """Pence that each holder keeps, by code; below zero where money starts."""
        kept: Counter[HolderCode] = Counter(self.received())
        kept.subtract(self.paid())
        return dict(sorted(kept.items()))

    def sums(self, *fields: Field) -> dict[tuple[Any, ...], int]:
        """Pence by the values of some fields, sorted by those values.

        Examples
        --------
        >>> year = FinancialYear(2026)
        >>> def paid(to: str, pence: int) -> Entry:
        ...     return Entry(year=year, stream="skills", from_holder="treasury", to_holder=to,
        ...                  pence=pence, cause="settlement")
        >>> Ledger.of([paid("b", 2), paid("a", 1), paid("b", 3)]).sums("stream", "to_holder")
        {('skills', 'a'): 1, ('skills', 'b'): 5}
        """
        found: Counter[tuple[Any, ...]] = Counter()
        for entry in self.entries:
            found[tuple(getattr(entry, field) for field in fields)] += entry.pence
        return dict(sorted(found.items()))


def split_at_vesting(pence: int, share: Fraction) -> tuple[int, int]:
    """Split a year's money between its new holder and its old one, to the penny.

    Parameters
    ----------
    share : Fraction
        Part of the year for which the new holder has the function, from 0 to 1.

    Returns
    -------
    tuple of int
        The new holder's pence, then the old one's; an odd penny goes to the new.

    Examples
    --------
    >>> split_at_vesting(1001, Fraction(1, 2))
    (501, 500)
    """
    new, old = apportion(pence, (share, 1 - share))
    return new, old
