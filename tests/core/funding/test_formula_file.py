"""The formula: shipped, laid over, and refused with every fault at once."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from tests.core.funding.funded_country import COUNTED, SOURCE

from folkmoot.funding.errors import FormulaError
from folkmoot.funding.formula import Formula
from folkmoot.funding.formula_file import read_formula
from folkmoot.funding.formula_parameters import with_values
from folkmoot.funding.formula_text import formula_text
from folkmoot.funding.profiles import CountedProfile
from folkmoot.vocabulary.errors import ParameterError

FormulaOf = Callable[..., Formula]


def test_the_shipped_streams_share_the_published_sums() -> None:
    formula = read_formula()
    sums = {stream.code: stream.quantum(formula.opening_year).pence for stream in formula.streams}

    assert sums == {
        "health": 10_190_000_000_000,
        "employment": 150_000_000_000,
        "skills": 320_000_000_000,
        "offender": 100_000_000_000,
    }
    assert formula.published_rounding == 10_000_000_000
    assert {stream.quantum(formula.opening_year).label for stream in formula.streams} == {
        "2016-17 pounds"
    }


def test_the_shipped_formula_settles_four_years_with_a_floor_of_two_per_cent() -> None:
    formula = read_formula()

    assert [str(year) for year in formula.years] == ["2026-27", "2027-28", "2028-29", "2029-30"]
    assert {rule.floor for rule in formula.rules} == {Fraction(-1, 50)}
    assert {rule.ceiling for rule in formula.rules} == {None}
    assert all(profile.head.is_shipped for profile in formula.profiles.values())


def test_every_weight_of_a_shipped_profile_has_a_reason_and_a_range() -> None:
    counted = [
        profile
        for profile in read_formula().profiles.values()
        if isinstance(profile, CountedProfile)
    ]

    assert [profile.head.name for profile in counted] == ["employment-1", "offender-1", "skills-1"]
    for profile in counted:
        assert profile.left_out
        for component in profile.components:
            assert component.reason
            assert component.theta_range[0] < component.theta < component.theta_range[1]


def test_keys_left_out_of_a_table_are_the_shipped_ones(formula_of: FormulaOf) -> None:
    formula = formula_of('[bounds]\nceiling = 0.03\n[stream.health]\nneed_data = "yearly"\n')
    health = next(stream for stream in formula.streams if stream.code == "health")

    assert {(rule.floor, rule.ceiling) for rule in formula.rules} == {
        (Fraction(-1, 50), Fraction(3, 100))
    }
    assert (health.need_data, health.name) == ("yearly", "Health")


def test_what_a_user_changes_is_no_longer_the_shipped_formula(formula_of: FormulaOf) -> None:
    formula = formula_of("[bounds]\nceiling = 0.03\n")

    assert formula.version == "folkmoot-1 with mine.toml"
    assert str(formula.bounds_source) == "the user, as declared in mine.toml, undated"
    assert "mine.toml" in formula.sha256
    assert formula.digest != read_formula().digest


def test_a_user_names_their_own_version(formula_of: FormulaOf) -> None:
    assert formula_of('[formula]\nversion = "ours-2"\n').version == "ours-2"


def test_a_declared_profile_is_not_a_shipped_one(formula_of: FormulaOf) -> None:
    profiles = formula_of(COUNTED).profiles

    assert not profiles["mine"].head.is_shipped
    assert profiles["skills-1"].head.is_shipped


def test_bounds_may_differ_by_year(formula_of: FormulaOf) -> None:
    rules = formula_of('[bounds]\nfloor = ["-0.01", "0"]\n', years=2).rules

    assert [rule.floor for rule in rules] == [Fraction(-1, 100), 0]


def test_every_fault_is_listed_with_its_key_and_mend(formula_of: FormulaOf) -> None:
    with pytest.raises(ParameterError) as refusal:
        formula_of(
            f"""
            surprise = 1
            [bounds]
            floor = ["-0.01", "0"]
            celing = 0.1
            [stream.health]
            need_data = "often"
            [[stream.health.quantum]]
            first_day = 2016-04-01
            last_day = 2017-03-31
            pence = "lots"
            source = {SOURCE}
            [[stream.health.line]]
            kind = "growth"
            name = "Growth"
            year = "2026-28"
            ratio = 0.01
            source = {SOURCE}
            [profile.mine]
            kind = "counted"
            first_day = 2026-04-01
            coverage_limit = 0.05
            source = {{title = "Made up"}}
            [[profile.mine.component]]
            name = "young"
            measure = "residents"
            ages = [18, 16]
            theta = "1.5"
            range = ["0"]
            reason = "They are young."
            """
        )
    faults = {fault.column: str(fault) for fault in refusal.value.faults}

    assert set(faults) == {
        "surprise",
        "bounds.floor",
        "bounds.celing",
        "stream.health.need_data",
        "stream.health.quantum[1].pence",
        "stream.health.line[1].year",
        "profile.mine.source.published",
        "profile.mine.source.publisher",
        "profile.mine.component[1].ages",
        "profile.mine.component[1].theta",
        "profile.mine.component[1].range",
    }
    assert "it has 2 values, and the settlement 4 years" in faults["bounds.floor"]
    assert "Did you mean 'ceiling'?" in faults["bounds.celing"]
    assert "Write one of: opening, yearly." in faults["stream.health.need_data"]
    assert len(refusal.value.faults) == len(faults)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[bounds]\nfloor = "0.1"\nceiling = "0"\n', "lies above its ceiling"),
        ('[stream.health]\nbaseline = "spend"\n', "is 'spend', but no spending is given"),
        (COUNTED.replace('"0.75"', '"0.7"'), "weights that sum to 0.95, not 1"),
    ],
)
def test_what_a_value_refuses_is_a_fault_of_its_table(
    formula_of: FormulaOf, text: str, problem: str
) -> None:
    with pytest.raises(ParameterError, match=problem):
        formula_of(text)


def test_parts_that_contradict_each_other_are_listed_together(formula_of: FormulaOf) -> None:
    promise = f"""
    stream = "housing"
    rule = "share"
    pence = 100
    profile = "nobody"
    first_day = 2026-04-01
    source = {SOURCE}
    """
    promises = "".join(f"[entitlement.e{number}]{promise}" for number in range(13))
    with pytest.raises(FormulaError) as refusal:
        formula_of(f'[stream.health]\nneed_profile = "absent"\noutcome_share = "0.3"\n{promises}')
    said = str(refusal.value)

    assert len(refusal.value.problems) == 2 + 1 + 13 * 2
    assert "stream 'health' names the profile 'absent'" in said
    assert "lower 'outcome_share' to 25% or less" in said
    assert "it makes 13 entitlements; keep 12 or fewer" in said
    assert "belongs to the stream 'housing'" in said


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="cannot be read"):
        read_formula(tmp_path / "absent.toml")


def test_a_formula_written_whole_reads_back_with_the_weight_of_inequalities(
    tmp_path: Path,
) -> None:
    changed = with_values(read_formula(), {"eta": Fraction(3, 20), "theta.young": Fraction(1, 3)})
    path = tmp_path / "parameters.toml"
    path.write_text(formula_text(changed), encoding="utf-8")
    again = read_formula(path)

    assert again.profiles == changed.profiles
    assert formula_text(again) == formula_text(changed)
