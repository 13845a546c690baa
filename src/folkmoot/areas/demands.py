"""What people ask of an area plan, and the conditions that it makes.

In:        blocks, geographies and numbers, as people name them.
Out:       for each demand its words, the conditions that it sets on every area, and where it
           cuts through atoms.
Rule:      a demand is a condition that each area meets or breaks by itself, or a range for
           the number of areas. So a plan under demands is searched and proven like any other.
Not here:  re-solving a design under demands (``answers``).
"""

# ruff: noqa: ARG002 - every kind of demand is asked alike, whether it needs to know or not

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from folkmoot.areas.atoms import Units
from folkmoot.areas.conditions import Conditions
from folkmoot.areas.errors import UnknownBlockError
from folkmoot.geography.errors import MissingGeographyError
from folkmoot.parameters.names import listed, naming
from folkmoot.vocabulary.arrays import IntVector
from folkmoot.vocabulary.codes import BlockCode
from folkmoot.vocabulary.places import Geography, Places

FAR = np.iinfo(np.int64).max
"""No limit."""


class _OfWholeAtoms:
    """A demand that cuts no atom."""

    __slots__ = ()

    def lines(self, places: Places, unit_of: IntVector) -> IntVector | None:
        """Cuts no atom."""
        return None


@dataclass(frozen=True, slots=True)
class Together(_OfWholeAtoms):
    """Two blocks are in one area."""

    first: BlockCode
    second: BlockCode

    def words(self, places: Places) -> str:
        """The demand as people would say it."""
        first, second = _names(places, (self.first, self.second))
        return f"{first} together with {second}"

    def conditions(self, places: Places, units: Units) -> Conditions:
        """An area holds both, or neither."""
        return Conditions.sums(_marks(places, units, (self.first, self.second)), 2, 2, or_none=True)


@dataclass(frozen=True, slots=True)
class Apart:
    """Two blocks are in different areas."""

    first: BlockCode
    second: BlockCode

    def words(self, places: Places) -> str:
        """The demand as people would say it."""
        first, second = _names(places, (self.first, self.second))
        return f"{first} apart from {second}"

    def conditions(self, places: Places, units: Units) -> Conditions:
        """An area holds at most one of them."""
        return Conditions.sums(_marks(places, units, (self.first, self.second)), 0, 1)

    def lines(self, places: Places, unit_of: IntVector) -> IntVector | None:
        """Cuts the atom that holds both into its blocks."""
        first, second = positions(places, (self.first, self.second)).tolist()
        if unit_of[first] != unit_of[second]:
            return None
        inside = unit_of == unit_of[first]
        return np.where(inside, np.arange(len(unit_of)), -1)


@dataclass(frozen=True, slots=True)
class Keep:
    """Some blocks are one area, and nothing else is in it."""

    blocks: tuple[BlockCode, ...]
    name: str = ""
    """What they are called, such as an area's name; their own names unless given."""

    def words(self, places: Places) -> str:
        """The demand as people would say it."""
        called = self.name or listed(_names(places, self.blocks), most=4)
        return f"{called} kept as one area"

    def conditions(self, places: Places, units: Units) -> Conditions:
        """An area holds all or none of the blocks, and none that touch them beside them."""
        inside = np.zeros(len(units), dtype=np.int64)
        inside[units.unit_of[positions(places, self.blocks)]] = 1
        touching = units.pairs[inside[units.pairs[:, 0]] != inside[units.pairs[:, 1]]]
        beside = np.zeros(len(units), dtype=np.int64)
        beside[touching] = 1
        beside[inside == 1] = 0
        beside[np.flatnonzero(inside)[0]] = most = max(int(beside.sum()), 1)
        held = int(inside.sum())
        whole = Conditions.sums(inside, held, held, or_none=True)
        alone = Conditions.sums(beside, 0, most)
        return Conditions.all_of((whole, alone), n_units=len(units))

    def lines(self, places: Places, unit_of: IntVector) -> IntVector | None:
        """Cuts atoms along the edge of the blocks."""
        inside = np.zeros(len(unit_of), dtype=np.int64)
        inside[positions(places, self.blocks)] = 1
        return inside


@dataclass(frozen=True, slots=True)
class Within:
    """No area crosses a line of a geography.

    All blocks of an area lie in one area of the geography, each where most of it lies; blocks
    outside the geography lie together as if in one.
    """

    geography: str

    def words(self, places: Places) -> str:
        """The demand as people would say it."""
        return f"no area crosses the lines of {naming().noun(self.geography)}"

    def conditions(self, places: Places, units: Units) -> Conditions:
        """An area's units all have the same label."""
        labels = np.zeros(len(units), dtype=np.int64)
        labels[units.unit_of] = self.lines(places, units.unit_of)
        return Conditions.line(labels)

    def lines(self, places: Places, unit_of: IntVector) -> IntVector:
        """Cuts atoms along the lines."""
        return self._geography(places).dominant(len(unit_of))

    def _geography(self, places: Places) -> Geography:
        found = places.geographies.get(self.geography)
        if found is None:
            raise MissingGeographyError(self.geography, places.name, sorted(places.geographies))
        return found


@dataclass(frozen=True, slots=True)
class AtLeast(_OfWholeAtoms):
    """Every area has at least so many people."""

    people: int

    def words(self, places: Places) -> str:
        """The demand as people would say it."""
        return f"at least {self.people:,} people in every area"

    def conditions(self, places: Places, units: Units) -> Conditions:
        """The people of an area add up to no fewer."""
        return Conditions.sums(units.terms.people, self.people, FAR)


@dataclass(frozen=True, slots=True)
class AtMost(_OfWholeAtoms):
    """Every area has at most so many people."""

    people: int

    def words(self, places: Places) -> str:
        """The demand as people would say it."""
        return f"at most {self.people:,} people in every area"

    def conditions(self, places: Places, units: Units) -> Conditions:
        """The people of an area add up to no more."""
        return Conditions.sums(units.terms.people, 0, self.people)


@dataclass(frozen=True, slots=True)
class Between(_OfWholeAtoms):
    """As many areas as is best, in a range, both ends included."""

    fewest: int
    most: int

    def words(self, places: Places) -> str:
        """The demand as people would say it."""
        if self.fewest == self.most:
            return f"{self.fewest} areas"
        return f"between {self.fewest} and {self.most} areas"

    def conditions(self, places: Places, units: Units) -> Conditions:
        """Nothing of any area by itself."""
        return Conditions.none(len(units))


Demand: TypeAlias = Together | Apart | Keep | Within | AtLeast | AtMost | Between


def conditions_of(demands: Iterable[Demand], places: Places, units: Units) -> Conditions:
    """The conditions that all demands set together."""
    every = (demand.conditions(places, units) for demand in demands)
    return Conditions.all_of(every, n_units=len(units))


def counts_of(demands: Iterable[Demand], areas: int) -> tuple[int, ...]:
    """The numbers of areas that demands allow, those nearest to ``areas`` first.

    Without a range it is ``areas``; ranges that do not meet allow none.
    """
    ranges = [demand for demand in demands if isinstance(demand, Between)]
    if not ranges:
        return (areas,)
    fewest, most = max(one.fewest for one in ranges), min(one.most for one in ranges)
    return tuple(sorted(range(fewest, most + 1), key=lambda count: (abs(count - areas), count)))


def positions(places: Places, blocks: Iterable[BlockCode]) -> IntVector:
    """Where blocks stand in the package.

    Raises
    ------
    UnknownBlockError
        If the package has no block of that code.
    """
    known = places.blocks.position()
    found = []
    for block in blocks:
        if block not in known:
            raise UnknownBlockError(block, places.name, ())
        found.append(known[block])
    return np.array(found, dtype=np.int64)


def _names(places: Places, blocks: Iterable[BlockCode]) -> list[str]:
    return [naming().name(places.blocks.names[at]) for at in positions(places, blocks).tolist()]


def _marks(places: Places, units: Units, blocks: Iterable[BlockCode]) -> IntVector:
    """How many of some blocks each unit holds."""
    marks = np.zeros(len(units), dtype=np.int64)
    np.add.at(marks, units.unit_of[positions(places, blocks)], 1)
    return marks
