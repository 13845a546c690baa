"""What can be wrong with figures that a statistic is made of.

StatisticsError          figures that a method cannot take
├── EmptyInputError      nothing to measure
├── ShapeError           inputs of different lengths
├── MissingValueError    a value that is not there; nothing is imputed
├── CountError           a count below 0, or more events than people
├── DenominatorError     nobody, or nothing expected, to divide by
├── ConfidenceError      a confidence that is not published practice
├── TooFewAreasError     too few areas to speak of variation between them
└── … the rest in ``outcomes.errors``
"""

from collections.abc import Mapping, Sequence

from folkmoot.vocabulary.errors import FolkmootError

SHOWN = 10
"""Rows named in a message; the rest are counted."""


class StatisticsError(FolkmootError):
    """Figures that a method cannot take."""


def rows_told(rows: Sequence[object]) -> str:
    """Name up to ten rows, and how many there are.

    Examples
    --------
    >>> rows_told([3]), rows_told(range(12))
    ('row 3', '12 rows: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, …')
    """
    if len(rows) == 1:
        return f"row {rows[0]}"
    named = ", ".join(str(row) for row in rows[:SHOWN])
    return f"{len(rows)} rows: {named}{', …' if len(rows) > SHOWN else ''}"


class EmptyInputError(StatisticsError):
    """Nothing to measure."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return (
            f"'{self.name}' is empty, or holds nothing but zeros, so there is nothing to measure. "
            "Give at least one row that counts."
        )


class ShapeError(StatisticsError):
    """Inputs of different lengths."""

    def __init__(self, shapes: Mapping[str, tuple[int, ...]]) -> None:
        super().__init__(dict(shapes))
        self.shapes = dict(shapes)

    def __str__(self) -> str:
        told = ", ".join(f"'{name}' {shape}" for name, shape in self.shapes.items())
        return (
            f"The inputs do not fit each other: {told}. A figure would be set beside another "
            "area's. Give each the same rows in the same order."
        )


class MissingValueError(StatisticsError):
    """A value that is not there."""

    def __init__(self, name: str, rows: Sequence[object]) -> None:
        super().__init__(name, tuple(rows))
        self.name, self.rows = name, tuple(rows)

    def __str__(self) -> str:
        return (
            f"'{self.name}' is missing in {rows_told(self.rows)}. Nothing is imputed, and a row "
            "that is dropped silently would change every other. Fill it in, or leave the row out."
        )


class CountError(StatisticsError):
    """A count that cannot be one."""

    def __init__(self, name: str, rows: Sequence[object], value: float, least: str = "0") -> None:
        super().__init__(name, tuple(rows), value, least)
        self.name, self.rows, self.value, self.bound = name, tuple(rows), value, least

    def __str__(self) -> str:
        return (
            f"'{self.name}' is out of bounds in {rows_told(self.rows)}; the first is "
            f"{self.value:g}. It must be from 0 to {self.bound}. Look whether two columns are "
            "exchanged, or a total is missing."
            if self.bound != "0"
            else f"'{self.name}' is below 0 in {rows_told(self.rows)}; the first is "
            f"{self.value:g}. A count of events or people is 0 or more. Correct it."
        )


class DenominatorError(StatisticsError):
    """Nobody, or nothing expected, to divide by."""

    def __init__(self, name: str, rows: Sequence[object]) -> None:
        super().__init__(name, tuple(rows))
        self.name, self.rows = name, tuple(rows)

    def __str__(self) -> str:
        return (
            f"'{self.name}' is 0 or less in {rows_told(self.rows)}. A rate among nobody has no "
            "value. Leave such a row out, or join it to a neighbour."
        )


class ConfidenceError(StatisticsError):
    """A confidence that no interval is published with."""

    def __init__(self, confidence: float) -> None:
        super().__init__(confidence)
        self.confidence = confidence

    def __str__(self) -> str:
        return (
            f"{self.confidence} is not a confidence to publish. An interval that is seldom right "
            "misleads. Give a ratio from 0.9 to below 1, usually 0.95 or 0.998."
        )


class TooFewAreasError(StatisticsError):
    """Too few areas to speak of variation between them."""

    def __init__(self, areas: int, least: int, what: str) -> None:
        super().__init__(areas, least, what)
        self.areas, self.least, self.what = areas, least, what

    def __str__(self) -> str:
        return (
            f"{self.what} needs at least {self.least} areas, and there are {self.areas}. From so "
            "few, chance cannot be told from difference. Show each area's own value with its "
            "interval instead."
        )
