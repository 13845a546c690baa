"""The need of places inside their integrated care boards, as the publishers' tool has it.

In:        the practices of one year, places made of them, and a profile: ``v1`` or ``v3``.
Out:       a ``PlaceTable``: sums and indices of each board and place, exact and as printed.
Rule:      an index is weighted over registered population; a place's is divided by that of
           its board.
Not here:  the tool's oddities (``place_index_profiles``); reading (``readers.practices``);
           need that shares money (``published_need``).
Source:    NHS England, place-based allocation tool; decision record 0011.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from folkmoot.funding.errors import (
    EmptyPlaceError,
    PlacePracticesError,
    UndefinedIndexError,
    UnknownIcbError,
)
from folkmoot.funding.exact_sums import exact_sums
from folkmoot.funding.place_index_profiles import PROFILES, SUMS, ProfileName
from folkmoot.vocabulary.arrays import FloatMatrix, IntVector, frozen
from folkmoot.vocabulary.errors import Fault
from folkmoot.vocabulary.practices import DeclaredPlace, PracticeTable

RemarkKind: TypeAlias = Literal["unknown", "duplicate", "foreign", "empty"]

WORDS: Mapping[RemarkKind, tuple[str, str, str]] = {
    "unknown": ("practices that are not in the table", "ignored", "Correct the codes."),
    "duplicate": ("practices listed twice", "counted once", "List each once."),
    "foreign": ("practices of another board", "counted here", "Declare them with their board."),
    "empty": ("no practice that is in the table", "left out", "Correct the codes."),
}
"""What each kind of remark says, what is done about it, and how to mend it."""
SHOWN = 10
"""Codes named in one remark; the rest are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What the tool passes over in silence."""

    kind: RemarkKind
    place: str
    practices: tuple[str, ...]

    @property
    def problem(self) -> str:
        """What is wrong, with the codes."""
        more = len(self.practices) - SHOWN
        named = ", ".join(self.practices[:SHOWN]) + (f" and {more} more" if more > 0 else "")
        return f"{WORDS[self.kind][0]} ({named or 'none declared'})"

    def __str__(self) -> str:
        return f"Place '{self.place}' has {self.problem}: {WORDS[self.kind][1]}."

    def fault(self) -> Fault:
        """The same as a fault, for those who want none of it."""
        where, mend = f"place '{self.place}'", WORDS[self.kind][2]
        return Fault(file=where, problem=f"{self.problem}.", mend=mend)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PlaceTable:
    """Need of boards and places: each board, then its places as they were declared."""

    profile: ProfileName
    year: str
    names: tuple[str, ...]
    sums: FloatMatrix
    """Shape (n_rows, 10): registered, then nine weighted populations. Unit: persons."""
    indices: FloatMatrix
    """Shape (n_rows, 9). Ratio: to the nation for a board, to its board for a place."""
    remarks: tuple[Remark, ...] = ()

    def __post_init__(self) -> None:
        frozen(self.sums)
        frozen(self.indices)

    def rounded(self) -> tuple[FloatMatrix, FloatMatrix]:
        """Sums to whole persons and indices to thousandths, as the tool prints them."""
        how = PROFILES[self.profile]
        return how.printed(self.sums, digits=0), how.printed(self.indices, digits=3)


def place_index(
    practices: PracticeTable,
    places: Sequence[DeclaredPlace],
    profile: ProfileName,
    *,
    on_empty: Literal["raise", "omit"] = "raise",
    strict: bool = False,
) -> PlaceTable:
    """Measure the need of places as the publishers' tool does.

    Parameters
    ----------
    places : sequence of DeclaredPlace
        Boards follow in the order in which places first name them.
    on_empty : 'raise' or 'omit'
        What to do with a place of no known practice; its board's row stays.
    strict : bool
        Refuse practices that are unknown, doubled or of another board. The tool ignores,
        counts once and accepts them; so does this, with a remark, unless strict.

    Raises
    ------
    UnknownIcbError
        If a place's board has no practices in this year.
    PlacePracticesError
        If strict, with every practice in question.
    EmptyPlaceError
        With every place of no known practice, unless they are to be left out.
    UndefinedIndexError
        If a sum to divide by is zero; the tool fails or prints no number.

    Examples
    --------
    >>> figures = np.array([[100.5] + [0.0] * 9, [200.0] + [310.5] * 9, [300.0] + [290.0] * 9])
    >>> table = PracticeTable(
    ...     year="2026/27", codes=("p1", "p2", "p3"), icbs=("I",) * 3, figures=figures
    ... )
    >>> place = DeclaredPlace(name="P", icb="I", practices=("p1", "p2", "p2", "zz"))
    >>> found = place_index(table, [place], "v3")
    >>> sums, indices = found.rounded()
    >>> sums[:, :2].tolist(), indices[:, 0].tolist()
    ([[601.0, 601.0], [301.0, 311.0]], [1.0, 1.033])
    >>> print(found.remarks[0])
    Place 'P' has practices that are not in the table (zz): ignored.
    """
    boards = _boards(practices, places)
    members = [_members(practices, place) for place in places]
    remarks = tuple(
        remark
        for place, own in zip(places, members, strict=True)
        for remark in _remarks(practices, place, own)
    )
    _check_practices(practices.year, remarks, on_empty=on_empty, strict=strict)
    rows = list(_rows(boards, places, members))
    names = tuple(name for name, _, _ in rows)
    board_of = np.array([board for _, _, board in rows], dtype=np.int64)
    how = PROFILES[profile]
    added = exact_sums(how.counted(practices.figures), [group for _, group, _ in rows])
    sums = how.divided(added)
    _check_divisors(practices.year, names, sums, board_of)
    indices = sums[:, 1:] / sums[:, :1]
    is_place = board_of != np.arange(len(rows))
    indices[is_place] /= indices[board_of[is_place]]
    return PlaceTable(
        profile=profile,
        year=practices.year,
        names=names,
        sums=sums,
        indices=indices,
        remarks=remarks,
    )


def _boards(practices: PracticeTable, places: Sequence[DeclaredPlace]) -> dict[str, list[int]]:
    """Rows of each board that a place names, in the order in which they are named."""
    boards: dict[str, list[int]] = {place.icb: [] for place in places}
    for row, icb in enumerate(practices.icbs):
        if icb in boards:
            boards[icb].append(row)
    unknown = [icb for icb, rows in boards.items() if not rows]
    if unknown:
        raise UnknownIcbError(practices.year, unknown, sorted(set(practices.icbs)))
    return boards


def _members(practices: PracticeTable, place: DeclaredPlace) -> list[int]:
    """Rows of a place, each once."""
    row_of = practices.row_of
    return [row_of[code] for code in dict.fromkeys(place.practices) if code in row_of]


def _remarks(
    practices: PracticeTable, place: DeclaredPlace, rows: Sequence[int]
) -> Iterator[Remark]:
    """What is odd about a place's list of practices."""
    foreign = [row for row in rows if practices.icbs[row] != place.icb]
    if rows and not foreign and len(rows) == len(place.practices):
        return
    times = Counter(place.practices)
    unknown = [code for code in times if code not in practices.row_of]
    odd: dict[RemarkKind, list[str]] = {
        "unknown" if rows else "empty": unknown,
        "duplicate": [code for code, count in times.items() if count > 1],
        "foreign": [practices.codes[row] for row in foreign],
    }
    for kind, codes in odd.items():
        if codes or kind == "empty":
            yield Remark(kind=kind, place=place.name, practices=tuple(codes))


def _check_practices(
    year: str, remarks: Sequence[Remark], *, on_empty: Literal["raise", "omit"], strict: bool
) -> None:
    if strict and remarks:
        raise PlacePracticesError(year, [remark.fault() for remark in remarks])
    empty = [remark.place for remark in remarks if remark.kind == "empty"]
    if empty and on_empty == "raise":
        raise EmptyPlaceError(year, empty)


def _rows(
    boards: Mapping[str, list[int]],
    places: Sequence[DeclaredPlace],
    members: Sequence[list[int]],
) -> Iterator[tuple[str, list[int], int]]:
    """Name, practices and board's row of each row of the table."""
    row = 0
    for icb, practices in boards.items():
        board = row
        yield icb, practices, board
        row += 1
        for place, own in zip(places, members, strict=True):
            if place.icb == icb and own:
                yield place.name, own, board
                row += 1


def _check_divisors(
    year: str, names: Sequence[str], sums: FloatMatrix, board_of: IntVector
) -> None:
    """Refuse to divide by no patients, or by a board's need of zero."""
    zero = sums == 0
    is_place = board_of != np.arange(len(names))
    zero[np.setdiff1d(np.arange(len(names)), board_of[is_place]), 1:] = False
    if zero.any():
        cells = [(names[row], SUMS[column]) for row, column in np.argwhere(zero)]
        raise UndefinedIndexError(year, cells)
