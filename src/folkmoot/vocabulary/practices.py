"""GP practices and the places that are made of them, as values.

In:        nothing; ``readers.practices`` makes these from published tables.
Out:       ``PracticeTable`` and ``DeclaredPlace``.
Not here:  the need of a place (``funding.place_index``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from folkmoot.vocabulary.arrays import FloatMatrix, frozen
from folkmoot.vocabulary.errors import FolkmootError

FIGURES = (
    "registered",
    "general_and_acute",
    "community",
    "mental_health",
    "maternity",
    "prescribing",
    "core",
    "primary_medical_care",
    "primary_medical_care_need",
    "health_inequalities",
)
"""What is known of a practice: its registered patients, then nine weighted populations."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PracticeTable:
    """The practices of one year."""

    year: str
    """As the table calls it, or the name of its file where the table does not say."""
    codes: tuple[str, ...]
    """Each stands once."""
    icbs: tuple[str, ...]
    """The integrated care board of each practice, by name, or by code where no name is known."""
    figures: FloatMatrix
    """Shape (n_practices, 10), columns as in ``FIGURES``. Unit: persons; NaN: left blank."""
    generation: str = ""
    """The generation of the publishers' tool that the table comes from; empty: any."""
    row_of: Mapping[str, int] = field(init=False)
    """Where each practice stands."""

    def __post_init__(self) -> None:
        n = len(self.codes)
        if len(self.icbs) != n or self.figures.shape != (n, len(FIGURES)):
            raise PracticeShapeError(n, len(self.icbs), self.figures.shape)
        frozen(self.figures)
        rows = {code: row for row, code in enumerate(self.codes)}
        object.__setattr__(self, "row_of", rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredPlace:
    """A part of an integrated care board, as somebody drew it."""

    name: str
    icb: str
    practices: tuple[str, ...]
    """Codes, as declared: some may be unknown, doubled or of another board."""


class PracticeShapeError(FolkmootError):
    """The columns of a practice table are not of one length."""

    def __init__(self, codes: int, icbs: int, figures: Sequence[int]) -> None:
        super().__init__(codes, icbs, tuple(figures))
        self.codes, self.icbs, self.figures = codes, icbs, tuple(figures)

    def __str__(self) -> str:
        return (
            f"A practice table has {self.codes} code(s), {self.icbs} board(s) and figures of "
            f"shape {self.figures}. Each practice needs one of each, or figures would be read "
            f"off against the wrong practice. Give {len(FIGURES)} figures a practice."
        )
