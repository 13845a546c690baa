"""Floors and ceilings, and which of them gives way."""

from fractions import Fraction

import pytest

from folkmoot.funding.bounds import Bounds, BoundsRule, bounds
from folkmoot.funding.errors import BoundsError

TWO_PER_CENT = Fraction(2, 100)


def of_one(rule: BoundsRule, *, owed: int = 0, target: int = 100, before: int = 100) -> Bounds:
    return bounds(
        1000,
        codes=["A01"],
        baseline=[before],
        targets=[Fraction(target)],
        entitlements=[owed],
        rule=rule,
    )


def test_floors_are_rounded_up_and_ceilings_down() -> None:
    rule = BoundsRule(floor=-TWO_PER_CENT, ceiling=TWO_PER_CENT)
    found = of_one(rule, before=101)

    assert (found.lower, found.upper) == ((99,), (103,))


def test_without_a_ceiling_the_most_is_the_quantum() -> None:
    assert of_one(BoundsRule(floor=-TWO_PER_CENT)).upper == (1000,)


def test_an_entitlement_above_the_ceiling_raises_it_and_this_is_recorded() -> None:
    found = of_one(BoundsRule(floor=Fraction(0), ceiling=TWO_PER_CENT), owed=150)

    assert (found.lower, found.upper, found.ceiling_raised) == ((150,), (150,), (True,))


def test_a_least_share_of_target_above_the_ceiling_is_cut_to_it_and_this_is_recorded() -> None:
    rule = BoundsRule(floor=Fraction(0), ceiling=TWO_PER_CENT, least_share=Fraction(95, 100))
    found = of_one(rule, target=200)

    assert (found.lower, found.upper, found.least_share_cut) == ((102,), (102,), (True,))


def test_a_least_share_of_target_lifts_a_floor() -> None:
    rule = BoundsRule(floor=-TWO_PER_CENT, least_share=Fraction(95, 100))

    assert of_one(rule, target=200).lower == (190,)


def test_a_rule_whose_floor_lies_above_its_ceiling_is_refused() -> None:
    with pytest.raises(BoundsError, match=r"floor of the rule \(1/50\)"):
        BoundsRule(floor=TWO_PER_CENT, ceiling=Fraction(0))


def test_a_floor_that_rounding_lifts_above_its_ceiling_is_refused_by_area() -> None:
    with pytest.raises(BoundsError, match=r"floor of A01 \(103p\) lies above its ceiling \(102p\)"):
        of_one(BoundsRule(floor=Fraction(25, 1000), ceiling=Fraction(25, 1000)))


def test_a_rule_says_itself_in_words() -> None:
    rule = BoundsRule(floor=-TWO_PER_CENT, ceiling=Fraction(1, 10), least_share=Fraction(95, 100))

    assert rule.sentence() == (
        "no less than -2% on last year, no more than 10% on last year, no less than 95% of target"
    )
