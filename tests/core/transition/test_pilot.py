"""Proof of concept: comparison areas, what could be found, what was, and what is refused."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from folkmoot.parameters.reader import PACKAGED, packaged, packaged_text
from folkmoot.transition.errors import PilotError
from folkmoot.transition.pilot import (
    EXAMPLE,
    EXAMPLE_OUTCOMES,
    OutcomeTable,
    Pilot,
    Values,
    analyse,
    cannot_show,
    comparison_areas,
    detectable,
    pilot_of,
    read_outcomes,
    read_pilot,
)
from folkmoot.vocabulary.codes import AreaCode
from folkmoot.vocabulary.periods import FinancialYear
from folkmoot.vocabulary.permutation import exact_test, sets_of

CODE = "reoffending"


@pytest.fixture
def pilot() -> Pilot:
    return pilot_of(packaged(EXAMPLE))


@pytest.fixture
def table(pilot: Pilot) -> OutcomeTable:
    return read_outcomes(PACKAGED / EXAMPLE_OUTCOMES, pilot)


def with_effect(table: OutcomeTable, pilot: Pilot, effect: Fraction) -> OutcomeTable:
    values: Values = {
        area: {
            year: value + (effect if area in pilot.areas and year >= pilot.start else 0)
            for year, value in found.items()
        }
        for area, found in table.values[CODE].items()
    }
    return OutcomeTable(values={CODE: values})


def test_the_estimate_is_the_difference_of_differences(pilot: Pilot, table: OutcomeTable) -> None:
    (found,) = analyse(pilot, table)
    own = [(float(own), float(others)) for _, own, others in found.trend]
    before, after = np.array(own[:4]).mean(axis=0), np.array(own[4:]).mean(axis=0)
    by_hand = (after[0] - before[0]) - (after[1] - before[1])

    assert abs(float(found.test.estimate) - by_hand) < 1e-9
    assert found.test.sets == 120
    assert not found.is_interim


def test_an_effect_added_moves_the_estimate_and_its_interval_by_itself(
    pilot: Pilot, table: OutcomeTable
) -> None:
    (plain,) = analyse(pilot, table)
    (moved,) = analyse(pilot, with_effect(table, pilot, Fraction(5)))
    assert moved.test.estimate == plain.test.estimate + 5
    for before, after in (
        (plain.test.least, moved.test.least),
        (plain.test.most, moved.test.most),
    ):
        assert before is not None
        assert after is not None
        assert abs(after - before - 5) < 1e-9
    assert moved.before == plain.before


def test_nothing_after_the_start_chooses_the_comparison_areas(
    pilot: Pilot, table: OutcomeTable
) -> None:
    small = replace(pilot, comparisons=8)
    changed = with_effect(table, pilot, Fraction(50))
    assert comparison_areas(small, table) == comparison_areas(small, changed)
    assert len(comparison_areas(small, table)) == 8
    every = comparison_areas(pilot, table)
    assert comparison_areas(small, table) == every[:8]
    assert not set(every) & set(pilot.areas)


def test_the_nearest_area_comes_first(pilot: Pilot, table: OutcomeTable) -> None:
    twin = AreaCode("A01")
    values = dict(table.values[CODE])
    values[twin] = values[pilot.areas[0]]
    assert comparison_areas(pilot, OutcomeTable(values={CODE: values}))[0] == twin


def test_the_detectable_effect_is_found_as_often_as_declared(
    pilot: Pilot, table: OutcomeTable
) -> None:
    (found,) = detectable(pilot, table, rng=np.random.default_rng(1))
    assert found.effect is not None
    rng, sets = np.random.default_rng(2), sets_of(16, 2)
    rejected = 0
    for _ in range(400):
        changes = found.spread * rng.standard_normal(16)
        changes[:2] += found.effect
        test = exact_test(
            [Fraction(float(one)) for one in changes], sets, [0, 1], alpha=pilot.alpha
        )
        rejected += test.p <= pilot.alpha
    assert 0.72 < rejected / 400 < 0.88


def test_a_seed_gives_one_answer_and_more_power_takes_a_larger_effect(
    pilot: Pilot, table: OutcomeTable
) -> None:
    def effect(power: str) -> float:
        asked = replace(pilot, power=Fraction(power))
        (found,) = detectable(asked, table, rng=np.random.default_rng(3), draws=200)
        return found.effect or 0.0

    assert effect("0.8") == effect("0.8")
    assert effect("0.8") < effect("0.9")


def test_leaving_an_area_out_is_analysing_without_it(pilot: Pilot, table: OutcomeTable) -> None:
    (found,) = analyse(pilot, table)
    out = comparison_areas(pilot, table)[-1]
    rest = {area: one for area, one in table.values[CODE].items() if area != out}
    (other,) = analyse(replace(pilot, comparisons=13), OutcomeTable(values={CODE: rest}))
    assert found.without[out] == other.test.estimate
    assert set(found.without) == {*pilot.areas, *comparison_areas(pilot, table)}


def test_what_a_result_cannot_show_is_said(pilot: Pilot, table: OutcomeTable) -> None:
    late = replace(pilot.outcomes[0], until=FinancialYear(2033))
    early = replace(pilot, outcomes=(late,), alpha=Fraction(1, 1000))
    (found,) = analyse(early, table)
    told = " ".join(cannot_show(early, found))
    for words in ("120 possible sets", "not drawn by lot", "no limits", "interim"):
        assert words in told
    assert not analyse(replace(pilot, start=FinancialYear(2031)), table)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("comparisons = 14", "comparisons = 7", "too few to compare with"),
        ("comparisons = 14", "comparisons = 4000", "too many sets"),
        ("registered = 2027-10-01", "registered = 2028-10-01", "after the start"),
        ("2027-10-01", "2027-10-01\nchanged = 2029-01-01", "outcome.reoffending.changed"),
        ('until = "2030-31"', 'until = "2020-21"', "ends before the start"),
        ('areas = ["A03", "A09"]', 'areas = ["A03", "A03"]', "stands twice"),
        ('start = "2028-29"', 'start = "soon"', "a financial year"),
    ],
)
def test_a_declaration_that_could_not_fail_is_refused(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    text = packaged_text(EXAMPLE)
    assert old in text
    path = tmp_path / "pilot.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(PilotError, match=words):
        read_pilot(path)


def test_outcomes_that_cannot_judge_a_pilot_are_all_named(tmp_path: Path, pilot: Pilot) -> None:
    lines = packaged_text(EXAMPLE_OUTCOMES).splitlines()
    kept = [
        line
        for line in lines
        if not line.startswith(("A03", "A01,2026-27")) and ",2024" not in line
    ]
    kept = [line for line in kept if ",2025" not in line and ",2026" not in line]
    path = tmp_path / "outcomes.csv"
    path.write_text("\n".join([*kept[:-1], "A16,soon,reoffending,high"]), encoding="utf-8")
    with pytest.raises(PilotError) as caught:
        read_outcomes(path, pilot)
    told = str(caught.value)
    for words in ("'A03' has no", "'A16' has no", "fewer than 2 years", "'soon' or 'high'"):
        assert words in told
    path.write_text("\n".join(lines[: 1 + 7 * 9]), encoding="utf-8")
    with pytest.raises(PilotError, match="other areas have every outcome"):
        read_outcomes(path, pilot)
