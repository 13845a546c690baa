"""Mistakes about blocks, borders and geographies.

FolkmootError
├── OtherPlacesError      an area plan made for another package
├── MissingGeographyError a geography that the package does not hold
└── MissingFlowsError     criteria that weigh travel to work, and a package without it
"""

from collections.abc import Sequence

from folkmoot.vocabulary.errors import FolkmootError


class OtherPlacesError(FolkmootError):
    """An area plan does not hold the blocks of the package it is used with."""

    shown = 5
    """Codes named on each side; the rest are counted."""

    def __init__(self, package: str, missing: Sequence[str], unknown: Sequence[str]) -> None:
        super().__init__(package, tuple(missing), tuple(unknown))
        self.package, self.missing, self.unknown = package, tuple(missing), tuple(unknown)

    def _listed(self, codes: Sequence[str]) -> str:
        more = len(codes) - self.shown
        return ", ".join(codes[: self.shown]) + (f" and {more} more" if more > 0 else "")

    def __str__(self) -> str:
        found = []
        if self.missing:
            found.append(f"it leaves out {self._listed(self.missing)}")
        if self.unknown:
            found.append(f"it places {self._listed(self.unknown)}, which the package lacks")
        return (
            f"The area plan was made for other places than '{self.package}': "
            f"{'; '.join(found)}. A plan can only be judged on its own blocks. Name the "
            "package that the plan was made for, or a plan made for this package."
        )


class MissingGeographyError(FolkmootError):
    """A geography is asked for that the package does not hold."""

    def __init__(self, name: str, package: str, known: Sequence[str]) -> None:
        super().__init__(name, package, tuple(known))
        self.name, self.package, self.known = name, package, tuple(known)

    def __str__(self) -> str:
        return (
            f"The package '{self.package}' holds no geography called '{self.name}', so "
            f"nothing can be measured against it. It holds: {', '.join(self.known)}. Use "
            "one of these, or add the geography to the memberships of the package."
        )


class MissingFlowsError(FolkmootError):
    """Criteria weigh travel to work, and the package holds none."""

    def __init__(self, package: str) -> None:
        super().__init__(package)
        self.package = package

    def __str__(self) -> str:
        return (
            f"The criteria weigh travel to work, and the package '{self.package}' has no "
            "flows, so areas cannot be judged as places where people live and work. Add "
            "the resource 'flows' to the package, or set the weight of flow to 0."
        )
