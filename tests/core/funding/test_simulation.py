"""Draws: settled to the penny, the same whoever makes them, and what is said of them."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from fractions import Fraction
from multiprocessing import get_context

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.funding.funded_country import COUNTED, SOURCE, need_tables
from tests.small_country import CODES, Rows

from folkmoot.funding.allocation import Allocations, allocate
from folkmoot.funding.bounds import BoundsRule
from folkmoot.funding.chance import Uncertain, Uncertainty, draw
from folkmoot.funding.draw_kernels import SETTLED, Rules, weigh_draws
from folkmoot.funding.errors import DrawsError, FormulaError
from folkmoot.funding.formula import Formula
from folkmoot.funding.formula_parameters import with_values
from folkmoot.funding.pace_of_change import STATES
from folkmoot.funding.sensitivity import influences, spreads
from folkmoot.funding.settlement import Desk, Settlement
from folkmoot.funding.simulation import model_of, settle_needs, simulate
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import StreamCode
from folkmoot.vocabulary.places import Places

RANGED = COUNTED.replace('theta = "0.75"', 'theta = "0.75"\nrange = ["0.6", "0.9"]')
DOUBTFUL = f"""
[bounds]
floor_range = ["-0.05", "-0.01"]
[stream.health]
growth_range = ["0.01", "0.04"]
[[stream.health.line]]
kind = "growth"
name = "Made up"
year = "2027-28"
ratio = "0.03"
source = {SOURCE}
[[stream.health.line]]
kind = "growth"
name = "Made up"
year = "2028-29"
ratio = "0.03"
source = {SOURCE}
[[stream.health.line]]
kind = "contingency"
name = "Made up"
year = "2028-29"
pence = 1_000_000_001
source = {SOURCE}
"""
ALL = Uncertainty(population_cv=0.02, need_cv=0.03)
Settled = tuple[Desk, Settlement]


@pytest.fixture
def settled(
    make_places: Callable[[dict[str, Rows]], Places],
    formula_of: Callable[..., Formula],
    rows_plan: AreaPlan,
) -> Settled:
    """The small country with limits on its rate, and need for less unequal health."""
    tables = need_tables()
    for row in tables["indicators"]:
        row["lower_ci"], row["upper_ci"] = "0", str(2 * float(row["value"]))
    tables["need"] += [
        {
            "code": code,
            "profile": "health-inequalities-1",
            "year": year,
            "weighted_population": str(100000 + 20000 * n),
        }
        for year in ("2025-26", "2026-27")
        for n, code in enumerate(CODES)
    ]
    formula = formula_of(RANGED, years=3)
    desk = Desk.of(rows_plan, make_places(tables), formula)
    return desk, desk.settle(formula)


@st.composite
def questions(
    draw: st.DrawFn,
) -> tuple[list[int], list[list[int]], list[int], list[list[int]], list[BoundsRule]]:
    """Some years: quanta, need by year, a baseline, entitlements, and the rules."""
    n, years = draw(st.integers(1, 6)), draw(st.integers(1, 4))
    size = draw(st.sampled_from([20, 10**6, 10**13]))
    some = st.lists(st.integers(0, size), min_size=n, max_size=n)
    baseline = draw(some.filter(any))
    quanta = [max(1, sum(baseline) * draw(st.integers(900, 1100)) // 1000) for _ in range(years)]
    needs = [draw(some.filter(any)) for _ in range(years)]
    small = st.lists(st.integers(0, max(1, size // 20)), min_size=n, max_size=n)
    entitlements = [draw(small | st.just([0] * n)) for _ in range(years)]
    parts = st.integers(0, 200).map(lambda one: Fraction(one, 997))
    rules = [
        BoundsRule(
            floor=-draw(parts),
            ceiling=draw(st.none() | parts.map(lambda one: one + Fraction(1, 10))),
            least_share=draw(st.none() | parts),
        )
        for _ in range(years)
    ]
    return quanta, needs, baseline, entitlements, rules


def pair(value: Fraction | None, none: tuple[int, int]) -> tuple[int, int]:
    return none if value is None else value.as_integer_ratio()


@settings(max_examples=500, deadline=None)
@given(questions())
def test_a_draw_is_settled_as_the_exact_rule_settles_it(
    question: tuple[list[int], list[list[int]], list[int], list[list[int]], list[BoundsRule]],
) -> None:
    quanta, needs, baseline, entitlements, rules = question
    years, areas = len(quanta), len(baseline)
    asked = Rules(
        np.array([quanta]),
        np.arange(years),
        np.array(baseline),
        np.array(entitlements),
        np.array([[pair(1 + rule.floor, (0, 1)) for rule in rules]]),
        np.array([pair(rule.ceiling and 1 + rule.ceiling, (0, 0)) for rule in rules]),
        np.array([pair(rule.least_share, (0, 1)) for rule in rules]),
    )
    drawn = settle_needs(StreamCode("skills"), asked, rules, np.array(needs)[:, None, :])

    before = baseline
    for year, rule in enumerate(rules):
        found = allocate(
            quanta[year],
            codes=[f"A{area}" for area in range(areas)],
            need=needs[year],
            baseline=before,
            entitlements=entitlements[year],
            rule=rule,
        )
        if not isinstance(found, Allocations):
            assert drawn.broken[0] == year
            return
        assert tuple(drawn.pence[0, year].tolist()) == found.closing
        assert (
            tuple(STATES[one] for one in drawn.states[0, year].tolist()) == found.certificate.states
        )
        before = list(found.closing)
    assert drawn.broken[0] == SETTLED


def test_every_draw_of_every_year_adds_up_to_the_quantum_and_keeps_its_floor(
    settled: Settled,
) -> None:
    desk, settlement = settled
    for drawn in simulate(desk, settlement, draws=200, seed=3, uncertainty=ALL).streams:
        years = [one for one in settlement.stream_years if one.stream.code == drawn.stream]
        before = np.array(years[0].baseline.pence)[None, :]
        assert drawn.feasible.all()
        for at, one in enumerate(years):
            assert (drawn.pence[:, at].sum(axis=1) == one.quantum.pence).all()
            assert (100 * drawn.pence[:, at] >= 98 * before).all()
            before = drawn.pence[:, at]


def test_a_drawn_floor_and_growth_are_settled_as_if_the_formula_said_them(
    country: Places, formula_of: Callable[..., Formula], rows_plan: AreaPlan
) -> None:
    formula = formula_of(DOUBTFUL, years=3)
    desk = Desk.of(rows_plan, country, formula)
    settlement = desk.settle(formula)
    found = simulate(desk, settlement, draws=40, seed=7, uncertainty=Uncertainty(has_rates=False))
    chance = draw(found.model.uncertain, 7, range(40))
    (health,) = [one for one in found.streams if one.stream == "health"]

    assert set(found.model.uncertain.triangles) == {"bounds.floor", "growth.health"}
    for number in range(40):
        values = {
            name: Fraction(round(float(chance[name][number]) * 10**6), 10**6)
            for name in ("bounds.floor", "growth.health")
        }
        assert Fraction(-5, 100) <= values["bounds.floor"] <= Fraction(-1, 100)
        assert Fraction(1, 100) <= values["growth.health"] <= Fraction(4, 100)
        changed = with_values(formula, values)
        years = desk.stream_years(changed, changed.stream(health.stream))
        assert health.pence[number].tolist() == [list(one.allocations.closing) for one in years]


def test_what_a_drawn_growth_is_worth_is_said(
    country: Places, formula_of: Callable[..., Formula], rows_plan: AreaPlan
) -> None:
    formula = formula_of(DOUBTFUL, years=3)
    desk = Desk.of(rows_plan, country, formula)
    found = simulate(desk, desk.settle(formula), draws=300, seed=7)
    by_name = {(str(one.stream), one.name): one for one in influences(desk, found)}
    growth = by_name["health", "growth.health"]

    assert (growth.least, growth.most) == ("0.01", "0.04")
    # Half of what £101.9bn is worth more after two years at 4% than at 1%.
    wanted = 10_190_000_000_000 * (1.04**2 - 1.01**2) / 2
    assert growth.pence_at_stake == pytest.approx(wanted, rel=1e-9)
    assert growth.sobol == pytest.approx(1, abs=0.05)
    assert ("skills", "bounds.floor") in by_name
    assert ("skills", "growth.health") not in by_name


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            '[bounds]\nfloor_range = ["-0.01", "0"]\n',
            "'floor_range' of [bounds] does not hold the floor itself, -1/50; widen it",
        ),
        (
            '[bounds]\nfloor = ["-0.02", "-0.01", "-0.01"]\nfloor_range = ["-0.03", "0"]\n',
            "'floor_range' of [bounds] is of one floor, and it differs by year; drop the range",
        ),
        (
            '[stream.health]\ngrowth_range = ["0.01", "0.02"]\n',
            "'growth_range' of stream 'health' does not hold the growth after the opening year",
        ),
    ],
)
def test_a_range_that_cannot_be_is_refused(
    formula_of: Callable[..., Formula], text: str, problem: str
) -> None:
    with pytest.raises(FormulaError) as refused:
        formula_of(text, years=3)

    assert problem in str(refused.value)


def test_draws_do_not_depend_on_who_makes_them_or_on_how_many_there_are(
    settled: Settled,
) -> None:
    desk, settlement = settled
    alone = simulate(desk, settlement, draws=1100, seed=5, uncertainty=ALL)
    fewer = simulate(desk, settlement, draws=70, seed=5, uncertainty=ALL)
    with ThreadPoolExecutor(3) as threads:
        threaded = simulate(desk, settlement, draws=1100, seed=5, uncertainty=ALL, executor=threads)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        spawned = simulate(
            desk, settlement, draws=1100, seed=5, uncertainty=ALL, executor=processes
        )
        assert influences(desk, spawned, executor=processes) == influences(desk, alone)
    for one, few, two, three in zip(
        alone.streams, fewer.streams, threaded.streams, spawned.streams, strict=True
    ):
        assert np.array_equal(one.pence, two.pence)
        assert np.array_equal(one.pence, three.pence)
        assert np.array_equal(one.pence[:70], few.pence)


def test_need_drawn_at_the_middle_is_the_need_of_the_settlement(settled: Settled) -> None:
    desk, settlement = settled
    model = model_of(desk, settlement, Uncertainty())
    for stream in model.streams:
        one = settlement.find(stream.code, "2026-27")
        need = stream.needs[0]
        thetas = [0.75, 0.25] if need.gammas else ([1.0, 0.0] if need.eta else [1.0])
        rates = np.zeros((1, len(need.rates), len(CODES)))
        found = weigh_draws(
            need.people, np.array([thetas]), rates, np.zeros((1, 0)), need.scale, stream.areas
        )
        exact = one.allocations.need
        assert np.allclose(found[0], exact, rtol=1e-12, atol=len(CODES))


def test_what_is_drawn_keeps_to_its_range_and_its_mean() -> None:
    uncertain = Uncertain(
        gammas={"a": 75.0, "b": 25.0},
        triangles={"eta": (0.0, 0.05, 0.15)},
        rates={},
        noise={"population": 0.1},
        blocks=3,
    )
    found = draw(uncertain, 7, range(4000))
    theta = found["a"] / (found["a"] + found["b"])

    assert abs(theta.mean() - 0.75) < 0.005
    assert abs(theta.std() - (0.75 * 0.25 / 101) ** 0.5) < 0.003
    assert 0 <= found["eta"].min() <= found["eta"].max() <= 0.15
    assert abs(found["eta"].mean() - 0.2 / 3) < 0.003
    assert abs(np.median(found["eta"]) - (0.15 - (0.5 * 0.15 * 0.10) ** 0.5)) < 0.003
    assert abs(found["population"].std() - 0.1) < 0.005


def test_a_rate_is_drawn_within_its_limits_and_never_below_nothing(settled: Settled) -> None:
    desk, settlement = settled
    uncertain = model_of(desk, settlement, Uncertainty()).uncertain
    name = "rate.mine.out-of-work"
    rate = uncertain.rates[name]
    people = draw(uncertain, 1, range(3000))[name]
    values = rate.values + people / rate.people

    assert values.min() >= 0
    assert np.allclose(rate.deviations, 2 * rate.values / 3.92)
    assert np.allclose(values.mean(axis=0), rate.values, rtol=0.06)


def test_draws_that_nothing_fits_are_counted_and_left_out(settled: Settled) -> None:
    desk, settlement = settled
    formula = with_values(
        settlement.formula,
        {"bounds.floor": Fraction(-1, 1000), "bounds.least_share": Fraction(85, 100)},
    )
    strict = desk.settle(formula)
    found = simulate(desk, strict, draws=300, seed=1, uncertainty=Uncertainty(phi=Fraction(1, 4)))
    skills = next(one for one in found.streams if one.stream == "skills")
    summed = [one for one in spreads(found) if one.stream == "skills"]

    assert 0 < skills.feasible.sum() < 300
    assert not skills.pence[~skills.feasible, -1].any()
    assert len(summed) == 9
    assert all(one.low <= one.median <= one.high for one in summed)
    assert min(one.low for one in summed) > 0


def test_the_only_thing_that_varies_makes_all_of_the_variance(settled: Settled) -> None:
    desk, settlement = settled
    found = simulate(desk, settlement, draws=2000, seed=1)
    by_name = {one.name: one for one in influences(desk, found)}
    eta = by_name["eta.health-core-1"]

    assert eta.sobol is not None
    assert abs(eta.sobol - 1) < 0.06
    assert (eta.least, eta.most) == ("0", "0.15")
    assert eta.pence_at_stake
    assert eta.pence_at_stake > 0
    assert by_name["rate.mine.out-of-work"].pence_at_stake is None


def test_what_is_at_stake_is_half_of_what_moves_between_the_two_ends(settled: Settled) -> None:
    desk, settlement = settled
    found = simulate(desk, settlement, draws=2, seed=1)
    name = "theta.mine.out-of-work"
    stake = next(one for one in influences(desk, found) if one.name == name)
    baselines = {one.stream.code: one.baseline for one in settlement.stream_years}
    ends = [
        desk.settle(
            with_values(settlement.formula, {name: value}), baselines=baselines
        ).stream_years[-1]
        for value in (Fraction(6, 10), Fraction(9, 10))
    ]
    moved = sum(
        abs(low - high)
        for low, high in zip(ends[0].allocations.closing, ends[1].allocations.closing, strict=True)
    )
    assert stake.pence_at_stake == moved // 2 > 0


def test_without_uncertainty_every_draw_is_the_settlement(settled: Settled) -> None:
    desk, settlement = settled
    sure = Uncertainty(phi=Fraction(1, 10**12), has_rates=False)
    only_counted = [one for one in settlement.stream_years if one.stream.code == "skills"]
    found = simulate(desk, settlement, draws=5, seed=1, uncertainty=sure)
    skills = next(one for one in found.streams if one.stream == "skills")

    for at, one in enumerate(only_counted):
        closing = np.array(one.allocations.closing)
        assert (abs(skills.pence[:, at] - closing) <= closing * 1e-5).all()


def test_no_draws_and_shares_too_long_for_exact_draws_are_refused(settled: Settled) -> None:
    desk, settlement = settled
    with pytest.raises(DrawsError, match="0 draws were asked for"):
        simulate(desk, settlement, draws=0, seed=1)
    rule = replace(settlement.formula.rules[0], floor=Fraction(-1, 10**11))
    fine = replace(settlement.formula, rules=(rule,) * 3)
    with pytest.raises(DrawsError, match="Write bounds with nine decimals or fewer"):
        simulate(desk, desk.settle(fine), draws=1, seed=1)
