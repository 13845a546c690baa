"""When areas change: money and need move with the residents, and no penny is lost.

In:        two divisions of the same blocks, with the residents of each block.
Out:       ``Crosswalk``: which part of each old area's residents lives in each new area;
           sums moved along it, as amounts and as lines of the ledger with cause "boundary".
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from folkmoot.funding.errors import SplitBlockError
from folkmoot.vocabulary.bodies import body_code
from folkmoot.vocabulary.codes import AreaCode, HolderCode, StreamCode
from folkmoot.vocabulary.ledger import Entry
from folkmoot.vocabulary.money import apportion
from folkmoot.vocabulary.periods import FinancialYear


@dataclass(frozen=True, slots=True, kw_only=True)
class Crosswalk:
    """Residents by old and new area."""

    old: tuple[str, ...]
    """Sorted, as is ``new``."""
    new: tuple[str, ...]
    residents: tuple[tuple[int, ...], ...]
    """One row an old area, one column a new one. A row of an area where nobody lives
    counts its blocks instead."""

    @classmethod
    def of(
        cls, before: Mapping[str, str], after: Mapping[str, str], residents: Mapping[str, int]
    ) -> Self:
        """Make a crosswalk from two plans, each from block to area.

        Raises
        ------
        SplitBlockError
            If they are not of the same blocks.

        Examples
        --------
        >>> found = Crosswalk.of({"a": "X", "b": "X"}, {"a": "Y", "b": "Z"}, {"a": 1, "b": 3})
        >>> found.moved([10])
        (3, 7)
        """
        apart = sorted(set(before) ^ set(after))
        if apart:
            raise SplitBlockError("the other settlement's", apart)
        old, new = sorted(set(before.values())), sorted(set(after.values()))
        people = {(one, other): 0 for one in old for other in new}
        blocks = dict(people)
        for block, area in before.items():
            people[area, after[block]] += residents[block]
            blocks[area, after[block]] += 1
        rows = []
        for one in old:
            row = tuple(people[one, other] for other in new)
            rows.append(row if any(row) else tuple(blocks[one, other] for other in new))
        return cls(old=tuple(old), new=tuple(new), residents=tuple(rows))

    @property
    def is_same(self) -> bool:
        """Whether every area stayed as it was, under its own code."""
        return self.old == self.new and all(
            not people or row == column
            for row, cells in enumerate(self.residents)
            for column, people in enumerate(cells)
        )

    def parts(self, sums: Sequence[int]) -> tuple[tuple[int, ...], ...]:
        """Each old area's sum, apportioned to the new areas: one row an old area."""
        return tuple(apportion(one, row) for one, row in zip(sums, self.residents, strict=True))

    def moved(self, sums: Sequence[int]) -> tuple[int, ...]:
        """What each new area has of the old areas' sums; together they are the same."""
        return tuple(sum(column) for column in zip(*self.parts(sums), strict=True))

    def entries(
        self, sums: Sequence[int], *, stream: StreamCode, year: FinancialYear, reference: str
    ) -> Iterator[Entry]:
        """The ledger's lines for what moves from one body to another; none for what stays.

        Parameters
        ----------
        sums : sequence of int
            What each old body has. Unit: pence.
        reference : str
            The order or plan by which the boundary moved.
        """
        for old, row in zip(self.old, self.parts(sums), strict=True):
            for new, pence in zip(self.new, row, strict=True):
                if pence and old != new:
                    yield Entry(
                        year=year,
                        stream=stream,
                        from_holder=HolderCode(body_code(AreaCode(old))),
                        to_holder=HolderCode(body_code(AreaCode(new))),
                        pence=pence,
                        cause="boundary",
                        reference=reference,
                    )
