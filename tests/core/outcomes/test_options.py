"""Weighing options: the laws, the same figures reckoned another way, and every refusal."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.outcomes.test_evidence import SOUND

from folkmoot.outcomes.best_option import compare_options
from folkmoot.outcomes.errors import OptionsError
from folkmoot.outcomes.evidence import EffectKind, Evidence
from folkmoot.outcomes.evidence_table import EXAMPLE as EVIDENCE
from folkmoot.outcomes.evidence_table import read_evidence
from folkmoot.outcomes.options import EXAMPLE, Option, Use, optimism, read_options
from folkmoot.outcomes.unit_values import EXAMPLE as VALUES
from folkmoot.outcomes.unit_values import UnitValue, read_values
from folkmoot.outcomes.worth import Spread, Worth, discount_rate, weigh
from folkmoot.parameters.reader import PACKAGED
from folkmoot.vocabulary.periods import FinancialYear

FISCAL = UnitValue(
    outcome="outcome", pence=500_000, kind="fiscal", falls_to="hospital",
    price_year=FinancialYear(2025), source="made up", published="2026", state="made_up",
)  # fmt: skip
SOCIAL = replace(FISCAL, kind="social", falls_to="person", pence=300_000)


def option(
    evidence: Evidence = SOUND,
    *,
    name: str = "Option",
    values: tuple[UnitValue, ...] = (FISCAL,),
    reach: tuple[float, float] = (0.2, 0.4),
    baseline: float | None = None,
    deadweight: float = 0.0,
    persistence: float = 1.0,
) -> Option:
    return Option(
        name=name,
        people=1000,
        reach_low=reach[0],
        reach_high=reach[1],
        paid_by="hospital",
        optimism_cost=0.0,
        uses=(
            Use(
                evidence=evidence,
                values=values,
                baseline=baseline,
                deadweight=deadweight,
                persistence=persistence,
                optimism=0.0,
            ),
        ),
        states=("made_up",),
    )


def weighed(one: Option, *, draws: int = 400, rate: float = 0.035) -> Worth:
    return weigh([one], seed=1, draws=draws, rate=rate)[0]


def width(one: Spread) -> float:
    assert one.lower is not None
    assert one.upper is not None
    return one.upper - one.lower


def test_the_central_figure_is_what_the_formula_says_by_exact_fractions() -> None:
    evidence = replace(SOUND, effect_kind="ratio", effect=0.8, lower=0.7, upper=0.9,
                       years_until=1, years_lasting=3)  # fmt: skip
    saved = replace(FISCAL, pence=-280_000)
    found = weighed(
        replace(
            option(evidence, values=(saved,), baseline=0.45, deadweight=0.05, persistence=0.7),
            optimism_cost=0.1,
        ),
        rate=0.035,
    )
    people = 1000 * Fraction(3, 10)
    change = people * Fraction(45, 100) * (Fraction(8, 10) - 1) * Fraction(95, 100)
    by_year = [Fraction(0), *(change * -280_000 * Fraction(7, 10) ** y for y in range(3))]
    value = sum(pence / Fraction(1035, 1000) ** y for y, pence in enumerate(by_year))
    cost = people * 150 * Fraction(11, 10)
    account = found.accounts["fiscal"]
    assert found.changes[0].amount.value == pytest.approx(float(change))
    assert found.flows[0].pence == tuple(round(pence) for pence in by_year)
    assert account.value.value == round(value)
    assert account.net.value == round(value - cost)
    assert account.ratio is not None
    assert account.ratio.value == pytest.approx(float(value / cost))
    assert account.payback[0] == 2


@given(
    kind=st.sampled_from(["risk_difference", "ratio", "mean_difference"]),
    pence=st.integers(-(10**6), 10**6),
    baseline=st.floats(0, 3),
    persistence=st.floats(0, 1),
)
@settings(max_examples=30, deadline=None)
def test_no_effect_is_no_value(
    kind: EffectKind, pence: int, baseline: float, persistence: float
) -> None:
    null = 1.0 if kind == "ratio" else 0.0
    evidence = replace(SOUND, effect_kind=kind, effect=null, lower=null, upper=null)
    found = weighed(
        option(
            evidence,
            values=(replace(FISCAL, pence=pence),),
            baseline=baseline,
            persistence=persistence,
        ),
        draws=50,
    )
    account = found.accounts["fiscal"]
    assert (account.value.value, account.value.lower, account.value.upper) == (0, 0, 0)
    assert account.net == replace(
        account.cost, value=-account.cost.value,
        lower=-(account.cost.upper or 0), upper=-(account.cost.lower or 0),
    )  # fmt: skip
    assert account.payback == (None, None, None)


@given(low=st.floats(0, 0.09), high=st.floats(0.11, 0.4), more=st.floats(0.0, 0.3))
@settings(max_examples=40, deadline=None)
def test_a_wider_effect_alone_never_narrows_what_comes_of_it(
    low: float, high: float, more: float
) -> None:
    sure = replace(SOUND, cost_low=150, cost_high=150)
    narrow = replace(sure, lower=low, upper=high)
    wide = replace(sure, lower=low - more, upper=high + more)
    apart = [weighed(option(one, reach=(0.3, 0.3))).accounts["fiscal"] for one in (narrow, wide)]
    for figure in ("value", "net"):
        small, large = (getattr(one, figure) for one in apart)
        assert large.lower <= small.lower
        assert large.upper >= small.upper
    assert width(apart[1].ratio or SPREAD) >= width(apart[0].ratio or SPREAD) - 1e-9


SPREAD = Spread(value=0.0, lower=0.0, upper=0.0)


@given(
    reach=st.tuples(st.floats(0, 0.5), st.floats(0, 0.5)),
    cost=st.tuples(st.integers(0, 500), st.integers(0, 500)),
    effect=st.tuples(st.floats(0, 0.3), st.floats(0, 0.3)),
)
@settings(max_examples=40, deadline=None)
def test_wider_inputs_together_never_narrow_what_comes_of_them(
    reach: tuple[float, float], cost: tuple[int, int], effect: tuple[float, float]
) -> None:
    """Each pair: half a range, and how much wider it may be. Draws are alike in both."""
    made = []
    for wider in (0, 1):
        half = 0.5 * min(sum(reach[: 1 + wider]), 0.5)
        pence, limit = sum(cost[: 1 + wider]), sum(effect[: 1 + wider])
        evidence = replace(SOUND, lower=0.1 - limit, upper=0.1 + limit,
                           cost_low=1000 - pence, cost_high=1000 + pence)  # fmt: skip
        made.append(
            weighed(option(evidence, reach=(0.5 - half, 0.5 + half)), draws=4000).accounts["fiscal"]
        )
    small, large = made
    for figure in ("value", "cost", "net"):
        before, after = (getattr(one, figure) for one in (small, large))
        # Chance in 4,000 draws moves a limit by a few parts in a hundred of the range.
        assert after.upper - after.lower >= 0.97 * (before.upper - before.lower) - 1


def test_the_range_holds_nine_draws_of_ten_as_the_distribution_itself_says() -> None:
    """One uncertain effect: its 5% and 95% points are those of a normal with its limits."""
    evidence = replace(SOUND, lower=0.0, upper=0.2, cost_low=0, cost_high=0)
    found = weighed(option(evidence, reach=(0.3, 0.3)), draws=100_000).changes[0].amount
    apart = 1.6448536 / 1.9599640 * 0.1
    assert found.lower == pytest.approx(300 * (0.1 - apart), rel=0.02)
    assert found.upper == pytest.approx(300 * (0.1 + apart), rel=0.02)
    reached = weighed(option(reach=(0.2, 0.4)), draws=100_000).people
    side = np.sqrt(0.05 / 2.0) * 0.2  # of a triangle, so far from its end
    assert reached.lower == pytest.approx(1000 * (0.2 + side), rel=0.01)
    assert reached.upper == pytest.approx(1000 * (0.4 - side), rel=0.01)


def test_the_order_of_options_and_of_values_changes_nothing() -> None:
    made = [option(name=name, values=(FISCAL, SOCIAL)) for name in "ABC"]
    made[1] = replace(made[1], people=1500)
    expected = {one.option.name: one for one in weigh(made, seed=3, draws=200)}
    ranks = compare_options(expected.values(), account="public")
    for order in permutations(made):
        found = weigh(order, seed=3, draws=200)
        assert {one.option.name: one for one in found} == expected
        assert compare_options(found, account="public") == ranks
    turned = weighed(option(values=(SOCIAL, FISCAL)))
    assert turned.accounts == weighed(option(values=(FISCAL, SOCIAL))).accounts


@given(st.lists(st.integers(200, 4000), min_size=1, max_size=5), st.integers(0, 9))
@settings(max_examples=25, deadline=None)
def test_chances_sum_to_one_and_ranks_follow_net_value(people: list[int], seed: int) -> None:
    made = [replace(option(name=f"O{n}"), people=many) for n, many in enumerate(people)]
    found = compare_options(weigh(made, seed=seed, draws=100), account="fiscal")
    chances = [one.chance or 0.0 for one in found.options]
    assert sum(chances) + (found.chance_of_none or 0.0) == pytest.approx(1.0)
    nets = [one.worth.accounts["fiscal"].net.value for one in found.options]
    assert nets == sorted(nets, reverse=True)
    assert [one.rank for one in found.options] == [1 + sum(o > net for o in nets) for net in nets]


def test_options_that_rest_on_one_study_are_lucky_together() -> None:
    """The larger of two options that are alike is best whenever either is worth doing."""
    sure = replace(SOUND, cost_low=100_000, cost_high=100_000, lower=-0.2, upper=0.6)
    small, large = (
        replace(option(sure, name=name, reach=(0.3, 0.3)), people=people)
        for name, people in (("small", 1000), ("large", 2000))
    )
    found = compare_options(weigh([small, large], seed=1, draws=2000), account="fiscal")
    chances = {one.worth.option.name: one.chance for one in found.options}
    assert chances["small"] == 0.0
    assert found.chance_of_none is not None
    assert 0.1 < found.chance_of_none < 0.9


def test_fiscal_and_wider_value_are_never_one_unlabelled_figure() -> None:
    found = weighed(option(values=(FISCAL, SOCIAL)))
    fiscal, public = found.accounts["fiscal"], found.accounts["public"]
    assert fiscal.label.startswith("fiscal value")
    assert public.label == "public value: fiscal, economic and social value together"
    assert public.value.value > fiscal.value.value
    assert {flow.kind for flow in found.flows} == {"fiscal", "social"}
    alone = weighed(option(values=(SOCIAL,)))
    assert set(alone.accounts) == {"public"}
    assert alone.missing == ("no fiscal value of outcome is known",)


def no_evidence() -> Evidence:
    return replace(SOUND, effect=None, lower=None, upper=None, strength=0)


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (option(no_evidence()), "no evidence of outcome"),
        (option(values=()), "no value of outcome is known: it is left out"),
        (
            option(replace(SOUND, cost_low=None, cost_high=None)),
            "no cost is known, so no ratio, net value or payback",
        ),
        (
            option(replace(SOUND, years_lasting=None)),
            "a does not say when its effect shows or how long it lasts",
        ),
    ],
)
def test_what_is_not_known_is_a_row_that_says_so_and_never_0(one: Option, said: str) -> None:
    found = weighed(one)
    assert found.accounts == {}
    assert said in found.missing
    ranked = compare_options([found, weighed(option(name="Known"))], account="fiscal").options
    assert ranked[1].worth.option.name == "Option"
    assert (ranked[1].rank, ranked[1].chance) == (None, None)
    assert compare_options([found], account="fiscal").chance_of_none is None


def test_an_effect_without_an_interval_has_a_figure_but_no_range_and_no_chance() -> None:
    found = weighed(option(replace(SOUND, lower=None, upper=None)))
    account = found.accounts["fiscal"]
    assert account.net.value > 0
    assert (account.net.lower, account.net.upper) == (None, None)
    assert account.payback[1:] == (None, None)
    assert found.missing == ("a has no interval, so there is no range",)
    assert compare_options([found], account="fiscal").options[0].chance is None


def test_an_option_that_costs_nothing_has_no_ratio_and_is_paid_back_at_once() -> None:
    account = weighed(option(replace(SOUND, cost_low=0, cost_high=0))).accounts["fiscal"]
    assert account.ratio is None
    assert account.payback == (1, 1, 1)


def test_weakness_of_a_study_is_taken_off_by_the_parameters() -> None:
    effect, cost = optimism()
    assert len(effect) == 6
    assert list(effect[1:]) == sorted(effect[1:], reverse=True)  # the weaker, the more
    assert cost > 0
    assert discount_rate() == 0.035


def example() -> tuple[Sequence[Evidence], Sequence[UnitValue]]:
    functions = ("benefit-payments", "employment-support", "hospital")
    return read_evidence(PACKAGED / EVIDENCE), read_values(PACKAGED / VALUES, functions)


def test_the_templates_are_sound_and_all_made_up() -> None:
    evidence, values = example()
    found = read_options(
        PACKAGED / EXAMPLE,
        evidence=evidence,
        values=values,
        functions=("mental-health", "adult-social-care"),
    )
    assert all(one.is_made_up for one in found)
    visits = {one.name: one for one in found}["Home visits after a fall"]
    assert [use.evidence.code for use in visits.uses] == ["falls-visits", "falls-wellbeing"]
    assert visits.optimism_cost == optimism()[1]
    assert visits.uses[0].optimism == optimism()[0][3]


def refused(tmp_path: Path, rows: Iterable[str], *, values: Sequence[UnitValue]) -> OptionsError:
    path = tmp_path / "options.csv"
    head = (
        "option,evidence,people,reach_low,reach_high,baseline,deadweight,persistence,"
        "paid_by,source,state\n"
    )
    path.write_text(head + "\n".join(rows), encoding="utf-8")
    with pytest.raises(OptionsError) as caught:
        read_options(path, evidence=example()[0], values=values, functions=("hospital",))
    return caught.value


def test_every_fault_of_a_table_of_options_is_told(tmp_path: Path) -> None:
    error = refused(
        tmp_path,
        [
            "A,work-coach,10,0.5,0.4,,0,1,hospitals,s,sure",
            "B,falls-visits,10,0.4,1.5,,0,1,,s,seen",
            "B,work-coaches,11,0.4,1.5,,-1,,,s,seen",
            "B,falls-visits,10,0.4,1.5,1,0,1,,,seen",
        ],
        values=example()[1],
    )
    assert {(fault.row, fault.column) for fault in error.faults} == {
        *((2, "evidence"), (2, "reach_low"), (2, "paid_by"), (2, "state")),
        *((3, "reach_high"), (3, "baseline")),
        *((4, "evidence"), (4, "people"), (4, "reach_high"), (4, "deadweight"), (4, "persistence")),
        *((5, "evidence"), (5, "reach_high"), (5, "source")),
    }
    assert "Did you mean 'work-coaches'?" in str(error)
    assert "Options can be weighed only on the same terms." in str(error)


def test_sums_in_the_prices_of_different_years_are_refused(tmp_path: Path) -> None:
    old = [replace(one, price_year=FinancialYear(2019)) for one in example()[1]]
    error = refused(tmp_path, ["A,work-coaches,10,0.4,0.5,,0,1,,s,seen"], values=old)
    assert "in prices of 2019-20, others of 2025-26" in str(error)


def test_effects_of_one_intervention_must_have_one_cost(tmp_path: Path) -> None:
    path = tmp_path / "evidence.csv"
    text = (PACKAGED / EVIDENCE).read_text(encoding="utf-8")
    path.write_text(text.replace("0.30,0.05,0.55,mean_difference,2,350", "0.30,0.05,0.55,"
                                 "mean_difference,2,250"), encoding="utf-8")  # fmt: skip
    options = tmp_path / "options.csv"
    options.write_text((PACKAGED / EXAMPLE).read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(OptionsError, match="it costs something else than 'falls-visits'"):
        read_options(
            options,
            evidence=read_evidence(path),
            values=example()[1],
            functions=("mental-health", "adult-social-care"),
        )


def test_a_table_without_rows_or_columns_is_refused(tmp_path: Path) -> None:
    assert "it has no row" in str(refused(tmp_path, [], values=()))
    path = tmp_path / "options.csv"
    path.write_text("option\n", encoding="utf-8")
    with pytest.raises(OptionsError, match="the column 'evidence' is missing"):
        read_options(path, evidence=(), values=())
