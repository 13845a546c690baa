"""Figures as people read them: text out, nothing computed.

Rule:  money is whole pence and is cut into text with whole numbers only.
"""

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

_BILLION, _MILLION = 10**11, 10**8
"""In pence."""


def pounds(pence: int) -> str:
    """Money to the penny.

    >>> pounds(123456789)
    '£1,234,567.89'
    """
    sign = "−" if pence < 0 else ""
    return f"{sign}£{abs(pence) // 100:,}.{abs(pence) % 100:02}"


def short_pounds(pence: int) -> str:
    """Money as said aloud, rounded to the nearest.

    >>> short_pounds(10_760_000_000_000), short_pounds(23_456_000_000), short_pounds(99)
    ('£107.60 billion', '£234.6 million', '£0.99')
    """
    if abs(pence) >= _BILLION:
        return f"£{_rounded(pence, _BILLION // 100, 2)} billion"
    if abs(pence) >= _MILLION:
        return f"£{_rounded(pence, _MILLION // 10, 1)} million"
    return pounds(pence)


def millions(pence: int) -> str:
    """Money in millions of pounds, to one place, for a column so headed.

    >>> millions(23_456_000_000)
    '234.6'
    """
    return _rounded(pence, _MILLION // 10, 1)


def per_head(pence: int) -> str:
    """Money for one person, to the nearest pound.

    >>> per_head(186_550)
    '£1,866'
    """
    return f"£{(pence + 50) // 100:,}"


def people(number: int) -> str:
    """A number of people.

    >>> people(1466070)
    '1,466,070'
    """
    return f"{number:,}"


def short_people(number: int) -> str:
    """A number of people as said aloud.

    >>> short_people(57690323), short_people(246_300)
    ('57.7 million', '246,300')
    """
    return f"{number / 10**6:.1f} million" if number >= 10**6 else people(number)


def share(ratio: float | Decimal) -> str:
    """A part of a whole.

    >>> share(0.527)
    '52.7%'
    """
    return f"{ratio:.1%}"


def change(ratio: float | Decimal | None) -> str:
    """A difference from something, with its sign; words where there is none.

    >>> change(-0.0214), change(0.0), change(None)
    ('−2.1%', '0.0%', 'no target')
    """
    if ratio is None:
        return "no target"
    text = f"{ratio:+.1%}".replace("-", "−")
    return text[1:] if text[1:] == "0.0%" else text


def price(ratio: Decimal | None) -> str:
    """What an option costs the plan, with its sign; nothing where it stays as drawn.

    >>> price(Decimal("0.0172")), price(Decimal("-0.0004")), price(Decimal(0))
    ('+1.72%', '−0.04%', 'none')
    """
    if ratio is None:
        return "not known"
    return f"{ratio:+.2%}".replace("-", "−") if ratio else "none"


def exactly(ratio: Decimal) -> str:
    """A ratio without the noughts that end it.

    >>> exactly(Decimal("0.312500")), exactly(Decimal("1.000000")), exactly(Decimal(0))
    ('0.3125', '1', '0')
    """
    return f"{ratio.normalize():f}"


def score(text: str) -> str:
    """A score as the core wrote it, cut to what a reader can take in.

    >>> score("0.231634567891"), score("5956.31"), score("38.0"), score("")
    ('0.2316', '5,956', '38', '–')
    """
    if not text:
        return "–"
    number = Decimal(text)
    is_large = abs(number) >= 1000 or (number and number == number.to_integral_value())
    return f"{number:,.0f}" if is_large else f"{number:.4f}"


def geography_name(key: str) -> str:
    """The key of a geography or measure as words; short ones are taken for initials.

    >>> geography_name("ttwa"), geography_name("icb_merged"), geography_name("combined_authority")
    ('TTWA', 'ICB merged', 'Combined authority')
    """
    words = key.replace("-", "_").split("_")
    short = 4 if len(words) == 1 else 3
    text = " ".join(word.upper() if len(word) <= short else word for word in words)
    return text[:1].upper() + text[1:]


def day(when: date) -> str:
    """Return a day as it is written in a letter; an instant is of the day it is here.

    >>> from datetime import UTC
    >>> day(datetime(2026, 6, 21, 23, 30, tzinfo=UTC)), day(date(2026, 11, 22))
    ('22 June 2026', '22 November 2026')
    """
    local = timezone.localtime(when) if isinstance(when, datetime) else when
    return f"{local.day} {local:%B %Y}"


def count(number: int, word: str, plural: str = "") -> str:
    """A number with its word.

    >>> count(1, "area"), count(2, "body", "bodies")
    ('1 area', '2 bodies')
    """
    return f"{number:,} {word if number == 1 else plural or word + 's'}"


def _rounded(pence: int, unit: int, places: int) -> str:
    whole = (2 * abs(pence) + unit) // (2 * unit)
    scale = 10**places
    sign = "−" if pence < 0 and whole else ""
    return f"{sign}{whole // scale:,}.{whole % scale:0{places}}"
