"""Degree of devolution: scores, what blanks leave open, and the eight deals."""

from dataclasses import replace
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.services.deals import (
    CONTROLS,
    DEGREES,
    MOST,
    Control,
    Deals,
    FunctionScores,
    Score,
    read_deals,
    scored,
    shipped_deals,
)
from folkmoot.services.errors import ScoreError
from folkmoot.services.interval import Interval

HEADER = "deal,function,control,score,evidence,source\n"
some_scores = st.dictionaries(st.sampled_from(CONTROLS), st.integers(0, MOST))


def function(values: dict[Control, int]) -> FunctionScores:
    scores = {
        control: Score(value=value, evidence="made up", source="made up", state="seen")
        for control, value in values.items()
    }
    return FunctionScores(function="buses", name="Buses", scores=scores)


def degree(values: tuple[int, ...]) -> str:
    if all(value >= 3 for value in values):
        return "devolution"
    return "consultation" if all(value <= 1 for value in values) else "delegation"


@given(some_scores)
def test_blanks_allow_exactly_what_some_filling_of_them_gives(values: dict[Control, int]) -> None:
    choices = [[values[one]] if one in values else range(MOST + 1) for one in CONTROLS]
    filled = list(product(*choices))
    found = function(values)

    assert set(found.degrees) == {degree(one) for one in filled}
    sums = [Fraction(sum(one), 16) for one in filled]
    assert found.reach == Interval(min(sums), max(sums))
    weakest = [Fraction(min(one)) for one in filled]
    assert found.weakest == Interval(min(weakest), max(weakest))


@given(some_scores, st.sampled_from(CONTROLS), st.integers(0, MOST))
def test_filling_a_blank_never_widens_what_is_possible(
    values: dict[Control, int], control: Control, value: int
) -> None:
    before, after = function(values), function({control: value} | values)
    assert set(after.degrees) <= set(before.degrees)
    assert (before.reach.least or 0) <= (after.reach.least or 0)
    assert (after.reach.most or 0) <= (before.reach.most or 0)


@given(st.lists(st.integers(0, MOST), min_size=4, max_size=4), st.sampled_from(CONTROLS))
def test_raising_a_control_lowers_neither_reach_nor_class(
    values: list[int], control: Control
) -> None:
    before = dict(zip(CONTROLS, values, strict=True))
    after = before | {control: min(before[control] + 1, MOST)}
    low, high = function(before), function(after)
    assert (low.reach.least or 0) <= (high.reach.least or 0)
    assert DEGREES.index(low.degrees[0]) <= DEGREES.index(high.degrees[0])


def test_greater_manchester_delegates_health_at_five_sixteenths() -> None:
    deal = shipped_deals().deals["greater-manchester"]
    health = deal.functions[0]

    assert health.reach == Interval.exactly(Fraction(5, 16))
    assert health.weakest == Interval.exactly(Fraction(0))
    assert health.degrees == ("delegation",)
    assert health.to_check == ("outcomes",)
    assert deal.is_weighted
    assert deal.reach == health.reach


def test_the_reach_of_a_deal_weighs_powers_by_their_money() -> None:
    deal = shipped_deals().deals["greater-manchester"]
    health = deal.functions[0]
    assert health.amount is not None
    dearer = replace(health.amount, value=health.amount.value * 3)
    full = replace(function(dict.fromkeys(CONTROLS, MOST)), amount=dearer)
    free = function(dict.fromkeys(CONTROLS, 0))

    both = replace(deal, functions=(health, full, free))
    assert both.reach == Interval.exactly((Fraction(5, 16) + 3) / 4)
    assert replace(deal, functions=(full, free, health)).reach == both.reach
    alike = replace(deal, functions=(free, replace(full, amount=None)))
    assert not alike.is_weighted
    assert alike.reach == Interval.exactly(Fraction(1, 2))
    assert replace(deal, functions=()).reach is None


def test_known_funds_leave_a_sum_that_is_not_reconciled() -> None:
    found = shipped_deals()
    assert len([one for one in found.deals.values() if not one.is_reference]) == 8
    assert found.known_pence == 4_395 * 10**8
    assert found.not_reconciled == 3_005 * 10**8


def laid(tmp_path: Path, rows: str) -> Deals:
    path = tmp_path / "scores.csv"
    path.write_text(HEADER + rows, encoding="utf-8")
    return scored(shipped_deals(), path)


def test_scores_of_ones_own_fill_blanks_and_an_empty_one_unscores(tmp_path: Path) -> None:
    found = laid(
        tmp_path,
        "cornwall,buses,funding,3,The order,Order 2016\ngreater-manchester,health,targets,,,\n",
    )
    buses = {one.function: one for one in found.deals["cornwall"].functions}["buses"]
    assert buses.scores["funding"].value == 3
    assert buses.to_check == ("funding",)
    assert found.deals["greater-manchester"].functions[0].blanks == ("targets",)


def test_scores_that_cannot_be_are_all_named(tmp_path: Path) -> None:
    with pytest.raises(ScoreError) as caught:
        laid(
            tmp_path,
            "cornwal,buses,funding,3,a,b\ncornwall,busses,funding,5,a,b\ncornwall,buses,fund,2,,\n",
        )
    problems = "\n".join(str(fault) for fault in caught.value.faults)
    for word in ("'cornwal'", "'busses'", "'5'", "'fund'", "'evidence'", "'source'"):
        assert word in problems


def test_a_file_of_deals_names_every_fault(tmp_path: Path) -> None:
    path = tmp_path / "deals.toml"
    path.write_text(
        '[source.a]\ntitle = "t"\npublisher = "p"\npublished = "2016"\n'
        '[deal.x]\nname = "X"\nagreed = "2016"\nleader = "mayor"\nfund_text = "none"\n'
        'source = "a"\nstate = "seen"\n[deal.x.function.trams.funding]\nscore = 7\n'
        'source = "a"\nstate = "seen"\n',
        encoding="utf-8",
    )
    with pytest.raises(ScoreError) as caught:
        read_deals(path)
    problems = "\n".join(str(fault) for fault in caught.value.faults)
    for word in ("trams", "score", "evidence"):
        assert word in problems
