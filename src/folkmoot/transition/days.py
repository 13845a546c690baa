"""Days that are whole months apart."""

from calendar import monthrange
from datetime import date


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or of an earlier one; at most the month's last day.

    Examples
    --------
    >>> add_months(date(2031, 8, 31), 6).isoformat(), add_months(date(2031, 4, 1), -6).isoformat()
    ('2032-02-29', '2030-10-01')
    """
    month = day.year * 12 + day.month - 1 + months
    year, month = month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
