"""What a good area plan is: weights, bounds and the geographies that count.

In:        nothing; ``readers.criteria`` makes these from a criteria file.
Not here:  the arithmetic of each term (``geography.scores``).
Source:    docs/reference/criteria.md.
"""

from dataclasses import dataclass, replace
from typing import Literal, Self, get_args

Role = Literal["health", "economy", "police", "identity", "other"]
ROLES: tuple[str, ...] = get_args(Role)


@dataclass(frozen=True, slots=True, kw_only=True)
class GeographyCriterion:
    """An existing geography that areas should fit."""

    name: str
    role: Role
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedCriterion:
    """A measured need that the blocks of one area should share."""

    indicator: str | None = None
    """Indicator of the package; or else ``column``."""
    column: str | None = None
    """Numeric column of the blocks; or else ``indicator``."""
    weight: float

    @property
    def name(self) -> str:
        """The indicator or column."""
        return self.indicator or self.column or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """One criteria file, checked against one places package."""

    areas: int
    atoms: tuple[str, ...]
    minimum_population: int
    maximum_population: int
    geographies: tuple[GeographyCriterion, ...]
    needs: tuple[NeedCriterion, ...] = ()
    inertia_weight: float = 0.0
    need_weight: float = 0.0
    flow_weight: float = 0.0
    coterminosity_no_worse_than: str | None = None
    sha256: str = ""

    def with_areas(self, areas: int) -> Self:
        """The same criteria for another number of areas, ln k included."""
        return replace(self, areas=areas)

    def by_role(self, role: str) -> tuple[GeographyCriterion, ...]:
        """The geographies with one role, in file order."""
        return tuple(found for found in self.geographies if found.role == role)
