"""Days on which not exactly as many hold as should: the sweep that several checks share."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

FOREVER = date.max


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days, both included, and how many hold on each of them."""

    first_day: date
    last_day: date | None
    """None: for ever."""
    count: int

    def __str__(self) -> str:
        if self.last_day is None:
            return f"from {self.first_day} on"
        if self.first_day == self.last_day:
            return f"on {self.first_day}"
        return f"from {self.first_day} to {self.last_day}"


def counted(
    held: Sequence[tuple[date, date | None]], first_day: date, last_day: date | None = None
) -> Iterator[Span]:
    """How many spans hold on each day of a time, as few stretches as possible.

    Examples
    --------
    >>> found = counted([(date(2030, 1, 1), date(2030, 1, 9))], date(2030, 1, 1))
    >>> [(str(span), span.count) for span in found]
    [('from 2030-01-01 to 2030-01-09', 1), ('from 2030-01-10 on', 0)]
    """
    ends = [(first, _day_after(last)) for first, last in held]
    close = _day_after(last_day)
    days = {first_day, close, *(day for span in ends for day in span)}
    found: list[tuple[date, date, int]] = []
    for opens, shuts in pairwise(sorted(day for day in days if first_day <= day <= close)):
        count = sum(first <= opens < end for first, end in ends)
        if found and found[-1][2] == count:
            found[-1] = (found[-1][0], shuts, count)
        else:
            found.append((opens, shuts, count))
    for opens, shuts, count in found:
        last = None if shuts == FOREVER else shuts - timedelta(days=1)
        yield Span(first_day=opens, last_day=last, count=count)


def _day_after(last: date | None) -> date:
    return FOREVER if last is None else last + timedelta(days=1)
