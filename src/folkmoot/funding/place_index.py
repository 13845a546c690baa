"""The need of places inside their integrated care boards, as the publishers' tool has it.

In:        the practices of one year, places made of them, and a profile: ``v1`` or ``v3``.
Out:       a ``PlaceTable``: sums and indices of each board and place, exact and as printed.
Rule:      an index is weighted over registered population; a place's is divided by that of
           its board. Blanks, zeros and rounding are as in the tool, odd as they are: this
           module exists to check us against it, and nothing else in folkmoot does the same.
Not here:  reading (``readers.practices``); need that shares money (``published_need``).
Source:    decision record 0011.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, TypeAlias

import numpy as np

from folkmoot.funding.errors import (
    EmptyPlaceError,
    PlacePracticesError,
    UndefinedIndexError,
    UnknownIcbError,
)
from folkmoot.funding.exact_sums import exact_sums
from folkmoot.vocabulary.arrays import FloatMatrix, frozen
from folkmoot.vocabulary.errors import Fault
from folkmoot.vocabulary.practices import DeclaredPlace, PracticeTable

WEIGHTS = (
    "Weighted G&A pop",
    "Weighted Community pop",
    "Weighted Mental Health pop",
    "Weighted Maternity pop",
    "Weighted Prescribing pop",
    "Overall Weighted pop",
    "Weighted Primary Care",
    "Weighted Primary Medical Care Need",
    "Weighted Health Inequalities pop",
)
INDICES = (
    "G&A Index",
    "Community Index",
    "Mental Health Index",
    "Maternity Index",
    "Prescribing Index",
    "Overall Core Index",
    "Primary Medical Care Index",
    "Primary Medical Care Need Index",
    "Health Inequalities Index",
)
COLUMNS = ("Place / ICB", "GP pop", *WEIGHTS, *INDICES)
"""The columns of the tool's own table, by its own names."""

ProfileName: TypeAlias = Literal["v1", "v3"]
RemarkKind: TypeAlias = Literal["unknown", "duplicate", "foreign", "empty"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How one generation of the tool treats its figures."""

    blank: float
    """What an empty cell counts as."""
    zero: float
    """What a zero counts as."""
    whole_persons: bool
    """Sums are rounded to whole persons, halves to even, before anything is divided."""
    half_up: bool
    """Halves are printed rounded up as decimals; otherwise to even, as floats."""


PROFILES: Mapping[ProfileName, Profile] = {
    "v1": Profile(blank=1.0, zero=1.0, whole_persons=True, half_up=False),
    "v3": Profile(blank=0.0, zero=0.0, whole_persons=False, half_up=True),
}

WORDS: Mapping[RemarkKind, tuple[str, str]] = {
    "unknown": ("not in the table and ignored", "Correct the code, or drop it."),
    "duplicate": ("listed twice and counted once", "List it once."),
    "foreign": ("of another board and counted here", "Move it to a place of its own board."),
    "empty": ("all it has, none of them in the table: it is left out", "Correct the codes."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What the tool passes over in silence."""

    kind: RemarkKind
    place: str
    practices: tuple[str, ...]

    def __str__(self) -> str:
        practices = ", ".join(self.practices) or "no practice"
        return f"Place '{self.place}': {practices} – {WORDS[self.kind][0]}."


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
        if PROFILES[self.profile].half_up:
            return _half_up(self.sums, 0), _half_up(self.indices, 3)
        return self.sums, np.rint(self.indices * 1000) / 1000


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

    Notes
    -----
    Source: NHS England, place-based allocation tool; decision record 0011.

    Examples
    --------
    >>> figures = np.array([[100.5] + [0.0] * 9, [200.0] + [310.5] * 9, [300.0] + [290.0] * 9])
    >>> table = PracticeTable(
    ...     year="2026/27", codes=("p1", "p2", "p3"), icbs=("I",) * 3, figures=figures
    ... )
    >>> place = DeclaredPlace(name="P", icb="I", practices=("p1", "p2", "p2", "zz"))
    >>> found = place_index(table, [place], "v3")
    >>> found.rounded()[0][:, :2].tolist(), found.rounded()[1][:, 0].tolist()
    ([[601.0, 601.0], [301.0, 311.0]], [1.0, 1.033])
    >>> [str(remark) for remark in found.remarks]
    ["Place 'P': zz – not in the table and ignored.", "Place 'P': p2 – listed twice and counted once."]
    """
    boards = _rows_by_board(practices, places)
    members, remarks = _members(practices, places)
    if strict and remarks:
        raise PlacePracticesError(practices.year, [_fault(remark) for remark in remarks])
    empty = [place for place in places if not members[place.name]]
    if empty and on_empty == "raise":
        raise EmptyPlaceError(practices.year, [place.name for place in empty])
    names, groups, board_row = [], [], []
    for icb, rows in boards.items():
        own = [place for place in places if place.icb == icb and members[place.name]]
        board_row += [len(names)] * (1 + len(own))
        names += [icb, *(place.name for place in own)]
        groups += [rows, *(members[place.name] for place in own)]
    sums = exact_sums(_as_counted(practices.figures, PROFILES[profile]), groups)
    if PROFILES[profile].whole_persons:
        sums = np.rint(sums)
    return PlaceTable(
        profile=profile,
        year=practices.year,
        names=tuple(names),
        sums=sums,
        indices=_indices(sums, np.array(board_row, dtype=np.intp), names, practices.year),
        remarks=(*remarks, *(_left_out(place) for place in empty)),
    )
