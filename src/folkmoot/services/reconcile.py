"""Set '95 per cent is devolved' beside what is said to stay, and show what does not fit.

In:        published figures.
Out:       the base that the share implies, what would stay, and where that strains.
Rule:      intervals are carried through; no figure is ever tuned to fit another.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from folkmoot.services.figures import Figure
from folkmoot.services.interval import Interval

DEVOLVED, SHARE = "health-devolved", "health-share"
PLAN_TOTAL, SPECIALISED = "nhs-england-2016-total", "nhs-england-2016-specialised"
BILLION = 10**11
"""Pence in a billion pounds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetainedCheck:
    """What the printed share implies. Unit: pence."""

    base: Fraction
    base_limits: Interval
    """The whole of which the devolved sum is that share."""
    retained: Fraction
    retained_limits: Interval
    """What would then stay at the centre."""
    plan_total: Figure
    """What was published for the same year."""
    specialised: Figure
    """What specialised services alone were planned to cost."""

    @property
    def is_base_published(self) -> bool:
        """Whether the base could be the total that was published for the year."""
        least, most = _ends(self.base_limits)
        return least <= self.plan_total.pence <= most

    @property
    def specialised_devolved(self) -> Fraction:
        """The least of specialised services that must leave the centre for the share to hold."""
        return max(self.specialised.pence - _ends(self.retained_limits)[1], Fraction(0))


def reconcile_retained(figures: Mapping[str, Figure]) -> RetainedCheck:
    """Work out what the printed share implies, within rounding.

    Examples
    --------
    >>> from folkmoot.services.figures import shipped_figures
    >>> found = reconcile_retained(shipped_figures())
    >>> [f"{float(end / BILLION):.2f}" for end in (found.base, *_ends(found.base_limits))]
    ['107.26', '106.65', '107.88']
    """
    devolved, share = figures[DEVOLVED], figures[SHARE]
    pence = Fraction(devolved.pence) / devolved.value
    (low, high), (least, most) = _ends(devolved.interval), _ends(share.interval)
    return RetainedCheck(
        base=devolved.value / share.value * pence,
        base_limits=Interval(low / most * pence, high / least * pence),
        retained=(devolved.value / share.value - devolved.value) * pence,
        retained_limits=Interval((low / most - low) * pence, (high / least - high) * pence),
        plan_total=figures[PLAN_TOTAL],
        specialised=figures[SPECIALISED],
    )


def tension(check: RetainedCheck) -> Iterator[str]:
    """What does not fit, as sentences."""
    base, kept = (
        f"{_billion(value)} ({_between(limits)} within rounding)"
        for value, limits in (
            (check.base, check.base_limits),
            (check.retained, check.retained_limits),
        )
    )
    yield f"The printed share implies a base of {base}, of which {kept} would stay."
    if not check.is_base_published:
        yield f"The total published for the year lies outside that: {_printed(check.plan_total)}."
    if check.specialised_devolved:
        yield (
            f"Specialised services were {_printed(check.specialised)}, so the share holds only if "
            f"at least {_billion(check.specialised_devolved)} of them is devolved or joint. No "
            "figure here has been changed to make these agree."
        )


def _ends(interval: Interval) -> tuple[Fraction, Fraction]:
    return interval.least or Fraction(0), interval.most or Fraction(0)


def _between(interval: Interval) -> str:
    least, most = _ends(interval)
    return f"{_billion(least)} to {_billion(most)}"


def _printed(figure: Figure) -> str:
    return f"{figure.published_text} ({figure.unit})"


def _billion(pence: Fraction | int) -> str:
    return f"£{float(pence / Fraction(BILLION)):,.2f}bn"
