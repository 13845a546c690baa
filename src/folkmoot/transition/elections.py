"""Elections and settlements: how long after an election each settlement starts.

In:        the years of elections; the years in which settlements start.
Out:       the day of an election; lags, and whether they are the same at every start.
Rule:      a lag of one year gives a new leader eleven months to plan before a new settlement.
Source:    docs/decisions/0008-vesting-days-are-snapped.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache

from folkmoot.parameters.reader import Section, packaged
from folkmoot.transition.errors import SettlementTermError, TimetableError
from folkmoot.vocabulary.codes import CommissionerCode
from folkmoot.vocabulary.periods import FinancialYear


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionCycle:
    """When a body is elected, and what that asks of settlements."""

    month: int
    weekday: int
    """Monday is 1; the election is on the first such day of the month."""
    first_year: int
    every: int
    """Years from one election to the next."""
    target_lag: int
    longest_settlement: int
    moved: Mapping[int, date] = field(default_factory=dict)
    """Elections held on another day, by the year in which they were due."""

    def election_day(self, year: int) -> date:
        """The day of a year's election.

        Examples
        --------
        >>> cycle = shipped_cycle()
        >>> cycle.election_day(2025).isoformat(), cycle.election_day(2026).isoformat()
        ('2025-05-01', '2026-05-07')
        """
        if year in self.moved:
            return self.moved[year]
        first = date(year, self.month, 1)
        return first + timedelta(days=(self.weekday - first.isoweekday()) % 7)

    def latest_election(self, start: int) -> date:
        """The latest main election before a settlement that starts in a year."""
        opens = FinancialYear(start).first_day
        turn = (start - self.first_year) // self.every + 1
        while (found := self.election_day(self.first_year + turn * self.every)) >= opens:
            turn -= 1
        return found

    def lag(self, start: int) -> int:
        """Years from the latest main election to the year in which a settlement starts.

        Examples
        --------
        >>> shipped_cycle().lag(2030), shipped_cycle().lag(2035)
        (1, 2)
        """
        return start - self.latest_election(start).year

    def bridge(self, first_start: int) -> int:
        """Years of a short first settlement, after which others start at the lag aimed at.

        Examples
        --------
        >>> shipped_cycle().bridge(2031), shipped_cycle().bridge(2030)
        (3, 0)
        """
        return next(
            (n for n in range(self.every) if self.lag(first_start + n) == self.target_lag), 0
        )

    def alignment(self, *, first_start: int, years: int, settlements: int) -> "Alignment":
        """Lags of settlements that follow each other.

        Raises
        ------
        SettlementTermError
            If a settlement would last less than one year, or longer than the most.
        """
        if not 1 <= years <= self.longest_settlement:
            raise SettlementTermError(years, self.longest_settlement)
        starts = tuple(first_start + n * years for n in range(settlements))
        return Alignment(
            years=years,
            starts=starts,
            lags=tuple(self.lag(start) for start in starts),
            target_lag=self.target_lag,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """Settlements of one length, and how long after an election each starts."""

    years: int
    starts: tuple[int, ...]
    lags: tuple[int, ...]
    target_lag: int

    @property
    def is_aligned(self) -> bool:
        """Whether the lag is the same at every start."""
        return len(set(self.lags)) <= 1

    @property
    def on_target(self) -> int:
        """How many settlements start at the lag that is aimed at."""
        return self.lags.count(self.target_lag)


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyCycle:
    """When one body is elected, where it is not on the common cycle."""

    body: CommissionerCode
    first_year: int
    every: int


def best_start(
    cycles: Sequence[BodyCycle],
    people: Mapping[CommissionerCode, int],
    *,
    starts: Sequence[int],
    common: ElectionCycle | None = None,
) -> tuple[int, int]:
    """The year to start settlements in, so that most residents have the lag aimed at.

    Parameters
    ----------
    people : mapping from body to persons
        A body without a cycle of its own is on the common one.

    Returns
    -------
    pair of int
        The start, the earliest of equals, and the residents at the lag. Unit: year, persons.

    Examples
    --------
    >>> off = [BodyCycle(body="b", first_year=2030, every=4)]
    >>> best_start(off, {"a": 5, "b": 3}, starts=range(2030, 2034))
    (2030, 5)
    """
    common = common or shipped_cycle()
    own = {one.body: one for one in cycles}

    def at_target(start: int) -> int:
        return sum(
            count for body, count in people.items() if _is_on_target(own.get(body), start, common)
        )

    found = max(starts, key=lambda start: (at_target(start), -start))
    return found, at_target(found)


def _is_on_target(own: BodyCycle | None, start: int, common: ElectionCycle) -> bool:
    cycle = replace(common, first_year=own.first_year, every=own.every) if own else common
    return cycle.lag(start) == cycle.target_lag


@cache
def shipped_cycle() -> ElectionCycle:
    """The common cycle of local elections."""
    file = packaged("timetable.toml")
    table = file.section("elections")
    cycle = ElectionCycle(
        month=table.whole("month", least=1, most=12),
        weekday=table.whole("weekday", least=1, most=7),
        first_year=table.whole("first_year", least=1),
        every=table.whole("every", least=1),
        target_lag=table.whole("target_lag", least=0),
        longest_settlement=table.whole("longest_settlement", least=1),
        moved=_moved(table),
    )
    table.finish()
    if file.faults:
        raise TimetableError(file.file, file.faults)
    return cycle


def _moved(table: Section) -> dict[int, date]:
    """Elections on another day, by the year in which they were due."""
    moved = table.section("moved")
    return {int(year): moved.day(year) for year in moved.values}
