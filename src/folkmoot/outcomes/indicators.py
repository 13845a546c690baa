"""What each indicator of a package is, and its published figures in the order of time.

In:        a places package; parameters/indicators.toml where its catalogue is silent.
Out:       ``Indicator``; figures by period and published area.
Not here:  putting blocks together (``outcomes.aggregate``).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import nan
from typing import Self, get_args

import numpy as np

from folkmoot.outcomes.aggregate import Kind
from folkmoot.outcomes.benchmark import Polarity
from folkmoot.outcomes.errors import LevelError, UnknownIndicatorError
from folkmoot.parameters.names import REMARK
from folkmoot.parameters.reader import Section, packaged
from folkmoot.readers.tables import nearest
from folkmoot.vocabulary.places import IndicatorName, Indicators, Places

LEVELS = ("impact", "outcome", "output", "input")
OLDEST = 90
"""The last year of age, which holds everyone older."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A measured figure that shows a need or an outcome."""

    code: str
    name: str
    unit: str
    kind: Kind
    polarity: Polarity
    level: str
    domain: str
    ages: tuple[int, int]
    """First and last year of age of the people it is of."""
    publisher: str
    published: str
    description: str
    is_declared: bool
    """Whether a catalogue or the parameters say what kind it is; else it is guessed by unit."""

    @property
    def short(self) -> str:
        """Its name without a remark in brackets at the end."""
        return REMARK.sub("", self.name)

    @property
    def is_outcome(self) -> bool:
        """Whether it shows a change in lives, not what was done or used."""
        return self.level in ("impact", "outcome")

    def check_outcome(self) -> None:
        """Refuse to pay for, or hold anyone to, what is not a change in lives.

        Raises
        ------
        LevelError
            If it is an output or an input.
        """
        if not self.is_outcome:
            raise LevelError(self.name, self.level)


@cache
def domains() -> Mapping[str, str]:
    """Headings of a needs assessment, in order, by domain."""
    section = packaged("indicators.toml").section("domain")
    return {key: section.text(key) for key in section.values}


@cache
def _declared() -> Mapping[str, Section]:
    return packaged("indicators.toml").sections("indicator")


def indicators(places: Places) -> tuple[Indicator, ...]:
    """Every indicator of a package, in the order of its file."""
    if places.indicators is None:
        return ()
    codes = dict.fromkeys(places.indicators.indicator)
    return tuple(_indicator(code, places.indicators.catalogue.get(code)) for code in codes)


def indicator_of(places: Places, code: str) -> Indicator:
    """One indicator by its code.

    Raises
    ------
    UnknownIndicatorError
        With the nearest codes, if the package has none such.
    """
    found = {one.code: one for one in indicators(places)}
    if code not in found:
        raise UnknownIndicatorError(code, nearest(code, found) if found else "It holds none.")
    return found[code]


def _indicator(code: str, named: IndicatorName | None) -> Indicator:
    given = named or IndicatorName(name=code)
    ours = _declared().get(code)
    guessed = "proportion" if given.unit == "%" else "rate" if "ate" in given.unit else "mean"
    kind = given.kind or (ours.text("kind") if ours else guessed)
    level = given.level or (ours.text("level") if ours else "outcome")
    domain = given.domain or (ours.text("domain") if ours else "other")
    first, last = ours.ratios("ages") if ours else (0, OLDEST)
    return Indicator(
        code=code,
        name=given.name,
        unit=given.unit,
        kind=next((one for one in get_args(Kind) if one == kind), "mean"),
        polarity=next((one for one in get_args(Polarity) if one == given.polarity), "none"),
        level=level,
        domain=domain if domain in domains() else "other",
        ages=(int(given.first_age or first), int(given.last_age or last)),
        publisher=given.publisher,
        published=given.published,
        description=given.description,
        is_declared=bool(given.kind or ours),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Published:
    """Every published figure, found by indicator, period and area."""

    table: Indicators
    rows: Mapping[str, Mapping[str, Mapping[str, int]]]
    """Row of the table, by indicator, period in order of time, and area."""

    @classmethod
    def of(cls, table: Indicators) -> Self:
        """Sort a package's figures once."""
        rows: dict[str, dict[str, dict[str, int]]] = {}
        keys = zip(table.indicator, table.period, table.area, strict=True)
        known = np.isfinite(table.value).tolist()
        for row, (indicator, period, area) in enumerate(keys):
            if known[row]:
                rows.setdefault(indicator, {}).setdefault(period, {})[area] = row
        return cls(
            table=table,
            rows={
                indicator: {period: by[period] for period in sorted(by)}
                for indicator, by in rows.items()
            },
        )


SPAN = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T[\d:]+)?/P(\d+)Y")


def years_of(period: str) -> int:
    """How many years a period covers.

    Examples
    --------
    >>> years_of("2022-01-01/P3Y"), years_of("2025-04-30"), years_of("2016-17")
    (3, 1, 1)
    """
    match = SPAN.fullmatch(period)
    return int(match[4]) if match else 1


def period_in_words(period: str) -> str:
    """A period as people write it.

    Examples
    --------
    >>> period_in_words("2022-01-01/P3Y"), period_in_words("2024-04-01/P1Y")
    ('2022 to 2024', '2024-25')
    >>> period_in_words("2023-01-01/P1Y"), period_in_words("2025-04-30"), period_in_words("2021")
    ('2023', 'April 2025', '2021')
    """
    match = SPAN.fullmatch(period)
    if match is None:
        return _day_in_words(period)
    start, is_calendar, years = int(match[1]), match[2] == "01", int(match[4])
    last = start + years - (1 if is_calendar else 0)
    if last == start:
        return str(start)
    return f"{start}-{last % 100:02d}" if years == 1 else f"{start} to {last}"


MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def _day_in_words(period: str) -> str:
    match = re.fullmatch(r"(\d{4})-(\d{2})(?:-\d{2})?", period)
    if match is None or not 1 <= int(match[2]) <= 12:
        return period
    is_financial = len(period) == 7 and int(match[2]) == (int(match[1]) + 1) % 100
    return period if is_financial else f"{MONTHS[int(match[2]) - 1]} {match[1]}"


def middle_of(period: str) -> float:
    """The middle of a period, as a year with its fraction; NaN where it is no period.

    Examples
    --------
    >>> middle_of("2024"), middle_of("2024-25"), middle_of("2022-01-01/P3Y")
    (2024.5, 2024.75, 2023.5)
    >>> middle_of("2025-04-30"), middle_of("soon")
    (2025.25, nan)
    """
    span = SPAN.fullmatch(period)
    if span is not None:
        return int(span[1]) + (int(span[2]) - 1) / 12 + int(span[4]) / 2
    match = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-\d{2})?", period)
    if match is None:
        return nan
    year, second = int(match[1]), match[2]
    if second is None:
        return year + 0.5
    if len(period) == 7 and int(second) == (year + 1) % 100:
        return year + 0.75
    return year + (int(second) - 1) / 12 if 1 <= int(second) <= 12 else nan
