"""Financial years: 1 April to 31 March, both days included."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from folkmoot.vocabulary.errors import FolkmootError


class FinancialYearError(FolkmootError):
    """A text that is not a financial year."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        return (
            f"'{self.text}' is not a financial year. Write it as its two calendar years, "
            "the second in two figures: 2026-27."
        )


@dataclass(frozen=True, slots=True, order=True)
class FinancialYear:
    """A financial year, named by the calendar year in which it starts.

    Examples
    --------
    >>> str(FinancialYear(2026)), FinancialYear.parse("2026/27").next().first_day.isoformat()
    ('2026-27', '2027-04-01')
    """

    start: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read '2026-27', '2026/27' or '2026'."""
        match = re.fullmatch(r"(\d{4})(?:[-/](\d{2}))?", text.strip())
        if match is None or (match[2] and int(match[2]) != (int(match[1]) + 1) % 100):
            raise FinancialYearError(text)
        return cls(int(match[1]))

    @property
    def first_day(self) -> date:
        """1 April."""
        return date(self.start, 4, 1)

    @property
    def last_day(self) -> date:
        """31 March of the next calendar year."""
        return date(self.start + 1, 3, 31)

    def next(self) -> Self:
        """The year that follows."""
        return self.later(1)

    def later(self, years: int) -> Self:
        """The year that starts ``years`` after this one."""
        return type(self)(self.start + years)

    def __str__(self) -> str:
        return f"{self.start}-{(self.start + 1) % 100:02d}"
