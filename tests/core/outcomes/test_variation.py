"""Funnels, the lottery and ranks: golden figures, a plain twin, laws and refusals."""

from collections.abc import Callable
from math import asin, exp, log, sqrt

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from folkmoot.outcomes.errors import LimitError, NotComparableError
from folkmoot.outcomes.ranks import shrunken_ranks
from folkmoot.outcomes.variation import (
    CountKind,
    change_in_lottery,
    errors_at,
    funnel,
    lottery,
    score,
    score_measured,
)
from folkmoot.vocabulary.statistics.errors import CountError, DenominatorError, TooFewAreasError

X = [30, 45, 52, 61, 80, 20, 95, 40]
N = [300, 350, 400, 420, 500, 260, 520, 380]
KINDS: tuple[CountKind, ...] = ("proportion", "ratio", "root ratio", "rate of counts")
tables = st.lists(st.tuples(st.integers(1, 90), st.integers(91, 900)), min_size=5, max_size=40)


def test_the_published_funnel_has_the_published_limits() -> None:
    found = funnel(score(X, N, "proportion"))
    at = errors_at(found.scored, [400])

    assert found.scored.target == pytest.approx(0.1351437699680511, rel=1e-12)
    assert found.overdispersion.phi == pytest.approx(2.358538195834998, rel=1e-12)
    assert found.overdispersion.tau_squared == pytest.approx(0.0010905807113916913, rel=1e-12)
    for confidence, lower, upper in (
        (0.95, 0.08467806561121588, 0.1952064599272538),
        (0.998, 0.06046839728777943, 0.23359860905571725),
    ):
        low, high = found.limits(at, confidence=confidence)
        assert low[0] == pytest.approx(lower, rel=1e-7)
        assert high[0] == pytest.approx(upper, rel=1e-7)


def test_published_values_shrink_to_the_published_ones() -> None:
    found = shrunken_ranks(funnel(score(X, N, "proportion")), rng=np.random.default_rng(1))

    assert found.value == pytest.approx(
        [0.114659, 0.131156, 0.131864, 0.141639, 0.152000, 0.102407, 0.167533, 0.116127], abs=5e-7
    )


@given(tables, st.sampled_from(KINDS))
def test_scores_and_variance_are_those_of_a_plain_loop(
    rows: list[tuple[int, int]], kind: CountKind
) -> None:
    x, n = ([row[at] for row in rows] for at in (0, 1))
    found = funnel(score(x, n, kind))
    share = sum(x) / sum(n)
    by_kind: dict[str, Callable[[int, int], tuple[float, float, float]]] = {
        "proportion": lambda a, b: (asin(sqrt(a / b)), 1 / (2 * sqrt(b)), asin(sqrt(share))),
        "ratio": lambda a, b: (log(a / b), 1 / sqrt(b), 0.0),
        "root ratio": lambda a, b: (sqrt(a / b), 1 / (2 * sqrt(b)), 1.0),
        "rate of counts": lambda a, b: (
            log((a + 0.5) / (b + 0.5)),
            sqrt(a / (a + 0.5) ** 2 + b / (b + 0.5) ** 2),
            log(share),
        ),
    }
    z, weights = [], []
    for a, b in rows:
        y, s, centre = by_kind[kind](a, b)
        z.append((y - centre) / s)
        weights.append(s**-2)
    low, high = np.quantile(z, [0.1, 0.9])
    phi = sum(min(max(one, low), high) ** 2 for one in z) / len(z)
    beyond = len(z) * phi - (len(z) - 1)
    tau = max(0.0, beyond / (sum(weights) - sum(w * w for w in weights) / sum(weights)))
    assume(np.ptp(z) > 0)

    assert found.z == pytest.approx(z, rel=1e-9, abs=1e-9)
    assert found.overdispersion.phi == pytest.approx(phi, rel=1e-9, abs=1e-12)
    assert found.overdispersion.tau_squared == pytest.approx(tau, rel=1e-8, abs=1e-12)


@given(tables, st.sampled_from(KINDS))
def test_limits_stay_in_what_is_possible_and_widen(
    rows: list[tuple[int, int]], kind: CountKind
) -> None:
    x, n = ([row[at] for row in rows] for at in (0, 1))
    found = funnel(score(x, n, kind))
    (low, high), (lowest, highest) = found.limits(), found.limits(confidence=0.998)
    plain_low, plain_high = found.limits(adjusted=False)

    assert (lowest <= low + 1e-12).all()
    assert (high <= highest + 1e-12).all()
    assert (low <= plain_low + 1e-12).all()
    assert (plain_high <= high + 1e-12).all()
    assert (lowest >= 0).all()
    if kind == "proportion":
        assert (highest <= 1).all()


@given(tables)
def test_the_order_of_areas_changes_no_figure(rows: list[tuple[int, int]]) -> None:
    x, n = (np.array([row[at] for row in rows]) for at in (0, 1))
    order = np.random.default_rng(len(rows)).permutation(len(rows))
    found, turned = (
        funnel(score(x, n, "proportion")),
        funnel(score(x[order], n[order], "proportion")),
    )

    assert turned.overdispersion.tau_squared == pytest.approx(
        found.overdispersion.tau_squared, rel=1e-9, abs=1e-15
    )
    assert turned.z == pytest.approx(found.z[order])


def test_equal_areas_are_all_possible_at_every_rank() -> None:
    found = funnel(score([10] * 6, [100] * 6, "proportion"))
    ranks = shrunken_ranks(found, rng=np.random.default_rng(1))

    assert found.overdispersion.tau_squared == 0
    assert ranks.is_chance_alone
    assert ranks.least.tolist() == [1.0] * 6
    assert ranks.most.tolist() == [6.0] * 6


@given(tables, st.integers(0, 99))
def test_ranks_keep_the_order_of_shrunken_values_and_larger_areas_shrink_less(
    rows: list[tuple[int, int]], seed: int
) -> None:
    x, n = (np.array([row[at] for row in rows], dtype=float) for at in (0, 1))
    found = funnel(score(x, n, "proportion"))
    assume(found.overdispersion.tau_squared > 0)
    ranks = shrunken_ranks(found, rng=np.random.default_rng(seed), draws=400)
    again = shrunken_ranks(found, rng=np.random.default_rng(seed), draws=400)
    by_size = np.argsort(n)

    assert (np.diff(ranks.shrinkage[by_size]) >= -1e-12).all()
    assert ((ranks.least <= ranks.median) & (ranks.median <= ranks.most)).all()
    assert ranks.median.tolist() == again.median.tolist()
    low, high = np.sort([0.0, 1.0])
    assert (ranks.shrinkage >= low).all()
    assert (ranks.shrinkage <= high).all()


def test_mean_ranks_of_all_draws_sum_to_what_ranks_sum_to() -> None:
    found = funnel(score(X, N, "proportion"))
    ranks = shrunken_ranks(found, rng=np.random.default_rng(2), draws=1)

    assert sorted(ranks.median.tolist()) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_an_area_without_events_keeps_its_row_and_has_no_log_ratio() -> None:
    found = funnel(score([0, 5, 9, 4, 7, 6], [5, 5, 5, 5, 5, 5], "ratio"))
    ranks = shrunken_ranks(found, rng=np.random.default_rng(1))

    assert np.isnan(found.z[0])
    assert np.isfinite(found.z[1:]).all()
    assert np.isnan(ranks.median[0])


def test_an_area_without_events_does_not_look_sure_of_its_rate() -> None:
    found = score([0, 50, 60, 40, 55], [500, 500, 500, 500, 500], "rate of counts")

    assert found.errors[0] == pytest.approx(sqrt(2))
    assert abs((found.scores[0] - found.centre) / found.errors[0]) < 5


def test_the_lottery_says_what_two_areas_drawn_at_random_differ_by() -> None:
    """A made country whose areas differ by a known amount, drawn without chance."""
    rng = np.random.default_rng(4)
    expected = np.full(4000, 1e7)
    truth = rng.normal(0.0, 0.2, 4000)
    found = lottery(score(expected * np.exp(truth), expected, "ratio"), basis="x", winsorise=0.0)
    pairs = np.abs(truth[rng.integers(0, 4000, 200_000)] - truth[rng.integers(0, 4000, 200_000)])

    assert found.tau == pytest.approx(truth.std(), rel=0.01)
    assert found.factor == pytest.approx(exp(np.median(pairs)), rel=0.01)
    assert found.difference is None


def test_values_with_limits_give_the_spread_that_they_were_made_with() -> None:
    rng = np.random.default_rng(5)
    truth = rng.normal(75.0, 3.0, 5000)
    error = rng.uniform(0.5, 2.0, 5000)
    seen = truth + error * rng.standard_normal(5000)
    half = 1.959963984540054 * error
    found = lottery(score_measured(seen, seen - half, seen + half), basis="x", winsorise=0.0)

    assert found.tau == pytest.approx(3.0, rel=0.03)
    assert found.difference == pytest.approx(sqrt(2) * 0.6744897501960817 * found.tau)


def test_two_plans_compare_only_on_the_same_basis() -> None:
    one = lottery(score(X, N, "proportion"), basis="smoking 2024 in 296 blocks")
    other = lottery(score(X, N, "proportion"), basis="smoking 2020 in 296 blocks")
    none = lottery(score([10] * 6, [100] * 6, "proportion"), basis=one.basis)

    assert change_in_lottery(one, one) == 1
    assert change_in_lottery(one, none) == 0
    with pytest.raises(NotComparableError, match="smoking 2020"):
        change_in_lottery(one, other)
    with pytest.raises(NotComparableError, match="no difference beyond chance"):
        change_in_lottery(none, one)


def test_what_cannot_be_a_funnel_is_refused() -> None:
    with pytest.raises(TooFewAreasError, match="at least 5 areas, and there are 4"):
        funnel(score(X[:4], N[:4], "proportion"))
    with pytest.raises(CountError):
        score([5], [4], "proportion")
    with pytest.raises(DenominatorError):
        score([0, 0], [4, 4], "proportion")
    with pytest.raises(LimitError, match="exchanged"):
        score_measured([1.0], [2.0], [0.5])
