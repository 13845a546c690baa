"""What if: the same as from scratch, always; and what names and values are refused."""

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.core.funding.funded_country import COUNTED

from folkmoot.funding.errors import InfeasibleError, ParameterNameError
from folkmoot.funding.formula import Formula
from folkmoot.funding.formula_parameters import Value, parameters, used, with_values
from folkmoot.funding.profiles import CountedProfile
from folkmoot.funding.settlement import Desk, settle
from folkmoot.funding.what_if import what_if
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.places import Places

FormulaOf = Callable[..., Formula]
PROMISE = """
[stream.skills]
need_data = "yearly"
[entitlement.classes]
stream = "skills"
rule = "share"
pence = 100_000_000
profile = "mine"
first_day = 2027-04-01
source = {title = "Made up", publisher = "A test", published = 2026-01-01}
"""


def ratios(least: int, most: int) -> st.SearchStrategy[Fraction]:
    return st.integers(least, most).map(lambda parts: Fraction(parts, 1000))


@pytest.fixture
def formula(formula_of: FormulaOf) -> Formula:
    text = COUNTED.replace("[stream.skills]\n", "", 1).replace('need_profile = "mine"\n', "", 1)
    promise = PROMISE.replace("[stream.skills]\n", '[stream.skills]\nneed_profile = "mine"\n')
    return formula_of(promise + text, years=3)


@given(
    asked=st.fixed_dictionaries(
        {},
        optional={
            "bounds.floor": ratios(-200, -1),
            "bounds.floor.2027-28": ratios(-200, -1),
            "bounds.ceiling": ratios(0, 500),
            "bounds.least_share": ratios(0, 1000),
            "theta.everybody": ratios(0, 1000),
            "baseline.need_weight": ratios(0, 1000),
            "entitlement.classes": st.integers(0, 10**13).map(Fraction),
            "growth.skills": ratios(-20, 100),
            "kappa": ratios(0, 250),
            "population_basis": st.sampled_from(("registered", "resident")),
            "need_data": st.sampled_from(("opening", "yearly")),
            "need_profile.skills": st.sampled_from(("mine", "health-core-1")),
        },
    )
)
@settings(max_examples=500, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_if_is_what_a_settlement_from_scratch_would_be(
    asked: dict[str, Value], formula: Formula, country: Places, rows_plan: AreaPlan
) -> None:
    desk = Desk.of(rows_plan, country, formula)
    changed = with_values(formula, asked)
    found = what_if(desk, desk.settle(formula), changed)

    if found.infeasible:
        with pytest.raises(InfeasibleError) as refused:
            settle(rows_plan, country, changed)
        assert refused.value.args == found.infeasible[0].args
    else:
        assert found.after == settle(rows_plan, country, changed)
    for stream in found.unchanged:
        changes = [one.pence for one in found.changes() if one.stream == stream]
        assert not any(changes)
    if "growth.skills" not in asked:
        assert sum(one.pence for one in found.changes()) == 0


def test_a_kept_baseline_lets_only_the_target_move(
    formula: Formula, country: Places, rows_plan: AreaPlan
) -> None:
    desk = Desk.of(rows_plan, country, formula)
    before = desk.settle(formula)
    changed = with_values(formula, {"theta.everybody": Fraction(1, 2)})
    year = str(formula.opening_year)

    moved = what_if(desk, before, changed).after.find("skills", year)
    kept = what_if(desk, before, changed, keep_baselines=True).after.find("skills", year)

    assert moved.baseline != before.find("skills", year).baseline
    assert kept.baseline == before.find("skills", year).baseline
    assert kept.need == moved.need


def test_weights_that_are_not_named_keep_their_proportions(formula_of: FormulaOf) -> None:
    changed = with_values(formula_of(""), {"theta.skills-1.young": Fraction(1, 4)})
    skills = changed.profiles["skills-1"]

    assert isinstance(skills, CountedProfile)
    assert [str(one.theta) for one in skills.components] == ["1/3", "7/24", "1/8", "1/4"]


def test_every_name_and_value_that_cannot_be_is_said_at_once(formula_of: FormulaOf) -> None:
    asked = {
        "theta.claimants": Fraction(1, 2),
        "eta.skills-1": Fraction(1, 10),
        "bounds.floor": Fraction(-2),
        "theta.young": Fraction(2),
    }
    with pytest.raises(ParameterNameError) as refused:
        with_values(formula_of(""), asked)

    said = str(refused.value)
    assert "theta.employment-1.claimants, theta.skills-1.claimants" in said
    assert "profile 'skills-1' has no 'eta.skills-1'; it has: theta.skills-1.below-level-3" in said
    assert "'bounds.floor' cannot be -2; write a number -1 or more" in said
    assert "'theta.skills-1.young' cannot be 2; write a number from 0 to 1" in said
    assert "\n  theta.skills-1.below-level-3" in said


def test_weights_that_leave_nothing_for_the_others_are_refused(formula_of: FormulaOf) -> None:
    asked = {"theta.below-level-3": Fraction(3, 4), "theta.young": Fraction(1, 2)}
    with pytest.raises(ParameterNameError, match=r"'skills-1' sum to 1\.25"):
        with_values(formula_of(""), asked)


def test_setting_every_number_to_what_it_is_changes_nothing(formula: Formula) -> None:
    values = {
        name: one.value
        for name, one in parameters(formula).items()
        if one.value is not None and not one.year
    }
    again = with_values(formula, values)

    assert (again.rules, again.entitlements) == (formula.rules, formula.entitlements)
    assert again.profiles == formula.profiles
    assert again.version.startswith(f"{formula.version} with ")
    assert again.digest != formula.digest
    assert "mine" in used(again)


def test_a_short_name_or_a_streams_code_stands_for_the_whole_name(formula_of: FormulaOf) -> None:
    formula = formula_of("")
    changed = with_values(
        formula,
        {
            "floor": Fraction(-1, 100),
            "kappa": Fraction(1, 10),
            "eta.health": Fraction(1, 8),
            "theta.skills.claimants": Fraction(1, 5),
        },
    )
    named = parameters(changed)

    assert {rule.floor for rule in changed.rules} == {Fraction(-1, 100)}
    assert {stream.outcome_share for stream in changed.streams} == {Fraction(1, 10)}
    assert named["eta.health-core-1"].value == Fraction(1, 8)
    assert named["theta.skills-1.claimants"].value == Fraction(1, 5)
    assert named["theta.employment-1.claimants"].value == Fraction(2, 5)


def test_growth_replaces_what_is_declared_for_the_years_after_the_first(
    formula_of: FormulaOf,
) -> None:
    line = """
[[stream.skills.line]]
kind = "growth"
name = "declared"
year = "{year}"
ratio = "0.5"
source = {{title = "Made up", publisher = "A test", published = 2026-01-01}}
"""
    formula = formula_of(line.format(year="2026-27") + line.format(year="2028-29"), years=3)
    changed = with_values(formula, {"growth.skills": Fraction(1, 100)})
    stream = next(one for one in changed.streams if one.code == "skills")
    pence = [stream.quantum(year).pence for year in changed.years]

    assert parameters(formula)["growth.skills"].value is None
    assert parameters(changed)["growth.skills"].value == Fraction(1, 100)
    assert pence == [480_000_000_000, 484_800_000_000, 489_648_000_000]
