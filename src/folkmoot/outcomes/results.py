"""What a method gives: values with limits, and by what method from what inputs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from folkmoot.vocabulary.arrays import FloatVector


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """How figures are made, as every table of them says."""

    code: str
    """Its section of docs/reference/methods.md."""
    name: str
    sources: str
    cannot_say: str
    """What a reader must not take from it."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Estimates:
    """One value a row with its interval; NaN where there is none, with the reason."""

    value: FloatVector
    lower: FloatVector
    upper: FloatVector
    confidence: float
    method: Method
    inputs_sha256: str
    unit: str = "ratio"
    absent: Mapping[int, str] = field(default_factory=dict)
    """Why a row has no value or no limits, by row from 0."""

    def columns(self) -> dict[str, tuple[str, FloatVector]]:
        """Name of each column, with its unit and values."""
        percent = f"{self.confidence * 100:g}"
        return {
            "value": (self.unit, self.value),
            f"lower_{percent}": (self.unit, self.lower),
            f"upper_{percent}": (self.unit, self.upper),
        }
