"""What a reader of the settlement may choose."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from moothall.centre.queries.settlements import StreamRow

BY_YEAR = "all"
"""The choice of every stream of one year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which table: one year of every stream, or every year of one stream; and in which unit."""

    year: str
    stream: str
    in_millions: bool

    @classmethod
    def asked(
        cls, query: Mapping[str, str], *, years: tuple[str, ...], streams: tuple[StreamRow, ...]
    ) -> Self:
        """Read the query; what is not on offer is the first choice."""
        year, stream = query.get("year", ""), query.get("stream", "")
        return cls(
            year=year if year in years else years[0],
            stream=stream if stream in {one.code for one in streams} else BY_YEAR,
            in_millions=query.get("unit") == "millions",
        )
