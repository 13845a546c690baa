"""The exact test of few areas, against plain fractions and scipy; its interval, by trial."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import permutation_test

from folkmoot.vocabulary.permutation import exact_test, limits, sets_of

values = st.lists(st.integers(-30, 30), min_size=5, max_size=9).map(
    lambda found: [Fraction(one, 7) for one in found]
)


def difference(found: Sequence[Fraction], chosen: Sequence[int]) -> Fraction:
    own = [found[n] for n in chosen]
    rest = [one for n, one in enumerate(found) if n not in chosen]
    return sum(own, Fraction(0)) / len(own) - sum(rest, Fraction(0)) / len(rest)


def p_by_hand(found: Sequence[Fraction], chosen: Sequence[int], effect: Fraction) -> Fraction:
    """Take the effect off the chosen areas and count every set, one by one."""
    changed = [one - effect if n in chosen else one for n, one in enumerate(found)]
    every = list(combinations(range(len(found)), len(chosen)))
    own = abs(difference(changed, chosen))
    return Fraction(sum(abs(difference(changed, one)) >= own for one in every), len(every))


@given(values, st.data())
def test_p_counts_every_set_that_differs_at_least_as_much(
    found: list[Fraction], data: st.DataObject
) -> None:
    size = data.draw(st.integers(1, (len(found) - 1) // 2))
    chosen = sorted(data.draw(st.permutations(range(len(found))))[:size])
    test = exact_test(found, sets_of(len(found), size), chosen, alpha=Fraction(1, 5))

    assert test.estimate == difference(found, chosen)
    assert test.p == p_by_hand(found, chosen, Fraction(0))


@given(values, st.data())
def test_the_interval_holds_exactly_the_effects_that_are_not_rejected(
    found: list[Fraction], data: st.DataObject
) -> None:
    size = data.draw(st.integers(1, (len(found) - 1) // 2))
    chosen = sorted(data.draw(st.permutations(range(len(found))))[:size])
    alpha = Fraction(1, 5)
    test = exact_test(found, sets_of(len(found), size), chosen, alpha=alpha)
    effect = data.draw(st.fractions(-12, 12, max_denominator=50))
    if test.least is None or test.most is None:
        assert p_by_hand(found, chosen, effect) > alpha
        return
    if min(abs(float(effect) - end) for end in (test.least, test.most)) > 1e-9:
        is_inside = test.least < effect < test.most
        assert is_inside == (p_by_hand(found, chosen, effect) > alpha)


def test_scipy_finds_the_same_p() -> None:
    rng = np.random.default_rng(5)
    found = [Fraction(int(one), 10) for one in rng.integers(-40, 40, 11)]
    test = exact_test(found, sets_of(11, 3), [0, 1, 2], alpha=Fraction(1, 20))
    numbers = np.array([float(one) for one in found])
    theirs = permutation_test(
        (numbers[:3], numbers[3:]),
        lambda own, rest: abs(np.mean(own) - np.mean(rest)),
        n_resamples=np.inf,
        alternative="greater",
        vectorized=False,
    )
    assert abs(float(test.p) - theirs.pvalue) < 1e-12


def test_values_too_large_for_64_bits_are_counted_exactly() -> None:
    found = [Fraction(10**30 * n * n + n, 3) for n in (5, 1, 2, 3, 4)]
    test = exact_test(found, sets_of(5, 2), [0, 3], alpha=Fraction(1, 20))
    assert test.p == p_by_hand(found, [0, 3], Fraction(0))


def test_too_few_sets_reject_no_effect() -> None:
    assert limits(np.arange(9.0), sets_of(9, 1), [8], alpha=Fraction(1, 20)) == (None, None)
