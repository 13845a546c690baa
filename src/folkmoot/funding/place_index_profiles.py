"""How each generation of the publishers' place tool counts, rounds and prints.

Every oddity of the tool stands here and nowhere else in folkmoot: what blanks and zeros
count as, when sums are rounded, how halves are printed, what columns are called. The
forerunner of 2022/23 is left out. Source: decision record 0011.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, TypeAlias

import numpy as np

from folkmoot.vocabulary.arrays import FloatMatrix

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
SUMS = ("GP pop", *WEIGHTS)
COLUMNS = ("Place / ICB", *SUMS, *INDICES)
"""The columns of the tool's own table, by its own names."""

ProfileName: TypeAlias = Literal["v1", "v3"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One generation of the tool."""

    blank: float
    """What an empty cell counts as."""
    zero: float
    """What a zero counts as."""
    whole_persons: bool
    """Sums are rounded to whole persons, halves to even, before anything is divided."""
    half_up: bool
    """Printed as decimals with halves up; otherwise as floats with halves to even."""

    def counted(self, figures: FloatMatrix) -> FloatMatrix:
        """The figures of practices as they are added up."""
        filled = np.where(figures == 0, self.zero, figures)
        return np.where(np.isnan(figures), self.blank, filled)

    def divided(self, sums: FloatMatrix) -> FloatMatrix:
        """Sums as they are divided."""
        return np.rint(sums) if self.whole_persons else sums

    def printed(self, values: FloatMatrix, *, digits: int) -> FloatMatrix:
        """Values as the tool prints them: sums to 0 digits, indices to 3."""
        scale = 10.0**digits
        return _half_up(values, digits) if self.half_up else np.rint(values * scale) / scale


PROFILES: Mapping[ProfileName, Profile] = {
    "v1": Profile(blank=1.0, zero=1.0, whole_persons=True, half_up=False),
    "v3": Profile(blank=0.0, zero=0.0, whole_persons=False, half_up=True),
}


def _half_up(values: FloatMatrix, digits: int) -> FloatMatrix:
    """Round the decimals that floats stand for, halves up: 1.0005 to 1.001.

    Examples
    --------
    >>> _half_up(np.array([[1.0005, 0.9994999]]), 3).tolist()
    [[1.001, 0.999]]
    """
    scaled = values * 10.0**digits
    whole = np.floor(scaled + 0.5)
    # Only near a half can the decimal round otherwise than the float; Decimal is slow.
    near = np.abs(scaled - np.floor(scaled) - 0.5) < 1e-6 + 4 * np.spacing(scaled)
    for row, column in np.argwhere(near):
        exact = Decimal(str(float(values[row, column]))).scaleb(digits)
        whole[row, column] = float(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    rounded: FloatMatrix = whole / 10.0**digits
    return rounded
