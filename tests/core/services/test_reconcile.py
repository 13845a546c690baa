"""The 95 per cent beside what is said to stay: shown with its tension, never tuned."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from folkmoot.services.figures import shipped_figures
from folkmoot.services.reconcile import BILLION, reconcile_retained, tension

shares = st.fractions(Fraction(945, 1000), Fraction(955, 1000))
sums = st.fractions(Fraction(10185, 100), Fraction(10195, 100))


def test_the_share_implies_more_than_was_published_and_less_than_is_specialised() -> None:
    found = reconcile_retained(shipped_figures())

    assert not found.is_base_published
    assert found.plan_total.pence == 10_583_500_000_000
    assert found.specialised_devolved > 9 * BILLION
    told = " ".join(tension(found))
    for words in (
        "£107.26bn",
        "£106.65bn to £107.88bn",
        "105,835 (GBP m",
        "15,662 (GBP m",
        "no figure",
    ):
        assert words.casefold() in told.casefold()


@given(sums, shares)
def test_every_reading_within_rounding_lies_within_the_limits(
    devolved: Fraction, share: Fraction
) -> None:
    found = reconcile_retained(shipped_figures())
    base, kept = devolved / share * BILLION, (devolved / share - devolved) * BILLION
    for value, limits in ((base, found.base_limits), (kept, found.retained_limits)):
        assert limits.least is not None
        assert limits.most is not None
        assert limits.least <= value <= limits.most


def test_no_figure_is_changed() -> None:
    before = dict(shipped_figures())
    list(tension(reconcile_retained(shipped_figures())))
    assert dict(shipped_figures()) == before
