"""Written outcomes: templates that pass, every finding with its figures, every fault told."""

from dataclasses import replace
from pathlib import Path

import pytest

from folkmoot.outcomes.design import (
    EXAMPLE,
    OutcomeTemplate,
    WrittenOutcome,
    read_outcomes,
    templates,
)
from folkmoot.outcomes.errors import WrittenOutcomeError
from folkmoot.outcomes.lint import CHECKS, RULES, lint, nearest_template, payment_beside
from folkmoot.outcomes.power import power_of
from folkmoot.parameters.reader import PACKAGED

SOUND = next(one for one in read_outcomes(PACKAGED / EXAMPLE) if one.code == "work-six-months")


def rules(one: WrittenOutcome) -> list[str]:
    return [found.rule for found in lint([one])]


def said(one: WrittenOutcome) -> str:
    return " ".join(f"{found.why} {found.better}" for found in lint([one]))


def test_an_outcome_that_is_sound_has_no_finding() -> None:
    assert rules(SOUND) == []
    assert len(CHECKS) == len(RULES) == 8


def test_the_example_shows_all_that_the_linter_looks_for() -> None:
    found = lint(read_outcomes(PACKAGED / EXAMPLE))
    assert {one.rule for one in found} == set(RULES)
    assert all(one.why and one.better for one in found)


@pytest.mark.parametrize(
    ("change", "rule", "words"),
    [
        ({"level": "output"}, "output or input", "It is declared an output"),
        ({"level": "input"}, "output or input", "counts what is used"),
        ({"indicator": "number of referrals"}, "output or input", "reads like an output ('referr"),
        ({"definition": "more staff"}, "output or input", "It reads like an input ('staff')"),
        ({"attribution": "none"}, "nobody can attribute it", "luck is paid for too"),
        ({"attribution": "before_and_after"}, "nobody can attribute it", "from the times"),
        ({"measured_by": "provider"}, "measured by the provider alone", "nobody else looks"),
        ({"months_paid": 10}, "too late to pay for", "by 4 months"),
        ({"baseline": None}, "no baseline", "No figure says"),
        ({"baseline_from": ""}, "no baseline", "No source says"),
        ({"people": 60}, "too rare to measure", "Of 60 people, 20.00% reach it anyway"),
        ({"pays_for": "threshold"}, "easy to game", "Nothing is paid below a share"),
        (
            {"chosen_by": "provider", "pays_more_for_harder": False, "groups": {}},
            "easy to game",
            "(creaming)",
        ),
        ({"by_group": False}, "unequal across groups", "reached while some get nothing"),
        ({"pays_more_for_harder": False}, "unequal across groups", "1.60 times apart"),
    ],
)
def test_each_rule_finds_its_own_and_no_other(
    change: dict[str, object], rule: str, words: str
) -> None:
    one = replace(SOUND, **change)  # type: ignore[arg-type]  # each is a case of its own
    assert rules(one) == [rule]
    assert words in said(one)


def test_a_check_by_someone_else_is_enough() -> None:
    one = replace(SOUND, measured_by="provider", checked_by="an auditor asks a sample again")
    assert rules(one) == []


def test_groups_that_start_nearly_alike_may_have_one_price() -> None:
    one = replace(SOUND, pays_more_for_harder=False, groups={"a": 0.20, "b": 0.22, "none": 0.0})
    assert rules(one) == []


def test_of_what_should_fall_the_group_with_most_is_the_harder() -> None:
    one = replace(
        SOUND, polarity="lower_is_better", baseline=0.3, aim=0.2, pays_more_for_harder=False,
        groups={"young": 0.4, "old": 0.2},
    )  # fmt: skip
    assert "Pay more for 'young'" in said(one)


def test_too_rare_gives_the_figures_of_the_exact_test() -> None:
    one = replace(SOUND, people=60)
    power = power_of(60, 0.20, 0.28, alpha=0.05, power=0.8)
    words = said(one)
    assert f"show in {power.power:.0%} of years" in words
    assert f"a change of {(power.detectable or 0) * 100:.1f} points in 100 or more" in words
    assert f"Count {power.needed:,} people" in words
    assert rules(replace(SOUND, people=power.needed)) == []


def test_the_better_form_is_a_template_of_the_same_stream() -> None:
    sessions = next(one for one in read_outcomes(PACKAGED / EXAMPLE) if one.code == "sessions")
    found = nearest_template(sessions)
    assert found is not None
    assert found.stream == "employment"
    assert found.code == "work-six-months"
    assert f"'{found.name}'" in said(sessions)
    nothing = replace(sessions, name="Q", definition="Q", cohort="Q", indicator="Q")
    assert nearest_template(nothing) is None
    assert "could not before" in said(nothing)


def as_written(one: OutcomeTemplate) -> WrittenOutcome:
    """A template filled in as it asks."""
    return replace(
        SOUND,
        code=one.code,
        name=one.name,
        stream=one.stream,
        definition=one.definition,
        cohort=one.cohort,
        level=one.level,
        indicator=one.indicator,
        data_source=one.data_source,
        months_to_show=one.months_to_show,
        months_paid=one.months_to_show,
    )


@pytest.mark.parametrize("one", templates(), ids=lambda one: one.code)
def test_every_template_passes_the_linter_once_filled_in(one: OutcomeTemplate) -> None:
    assert rules(as_written(one)) == []
    assert nearest_template(as_written(one)) == one
    assert one.gaming
    assert one.state == "to_check"


def test_every_stream_has_templates() -> None:
    assert {one.stream for one in templates()} == {"health", "employment", "skills", "offender"}


def test_the_published_share_of_payment_is_set_beside() -> None:
    assert payment_beside().startswith(
        "Probation, for comparison: about 10 per cent of contract payment, on outcomes (Reform"
    )


HEAD = (
    "outcome,name,definition,level,cohort,people,indicator,data_source,measured_by,months_to_show,"
    "months_paid,pays_for,chosen_by,attribution,baseline,aim,groups,by_group\n"
)


def test_a_row_of_a_spreadsheet_is_read_as_a_table_of_toml(tmp_path: Path) -> None:
    path = tmp_path / "written.csv"
    path.write_text(
        HEAD + "a,N,D,outcome,C,400,I,S,official,14,24,each,referral,comparison,0.2,0.28,"
        "under 50=0.24; 50 and over=0.15,Yes\n",
        encoding="utf-8",
    )
    (found,) = read_outcomes(path)
    assert (found.people, found.by_group) == (400, True)
    assert found.groups == {"under 50": 0.24, "50 and over": 0.15}


def test_every_fault_of_a_row_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "written.csv"
    path.write_text(
        HEAD + "a,N,D,result,,-3,I,S,nobody,x,24,each,referral,comparison,0.3,0.28,a=2,perhaps\n",
        encoding="utf-8",
    )
    with pytest.raises(WrittenOutcomeError) as caught:
        read_outcomes(path)
    words = str(caught.value)
    for column in ("level", "cohort", "people", "measured_by", "months_to_show", "by_group"):
        assert f"column 'row 2.{column}'" in words
    assert "column 'row 2.groups.a'" in words
    assert "0.28 is not better than the baseline of 0.3" in words
    assert "cannot be judged, nor paid for" in words


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.toml", "", "it has no outcome"),
        ("a.toml", "[outcome", "it is not TOML"),
        ("a.toml", "[outcomes.a]\nx = 1\n", "Did you mean 'outcome'?"),
        ("a.toml", '[outcome.a]\nnane = "N"\n', "Did you mean 'name'?"),
        ("a.csv", HEAD, "it has no outcome"),
        ("a.csv", "name\n", "the column 'outcome' is missing"),
        ("a.csv", "outcome,name\na,N\na,M\n", "a stands already in row 2"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    tmp_path: Path, name: str, text: str, words: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(WrittenOutcomeError) as caught:
        read_outcomes(tmp_path / name)
    assert words in str(caught.value)
