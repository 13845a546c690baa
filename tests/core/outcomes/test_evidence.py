"""Evidence and unit values: what a row may not be, and that every fault is told."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from folkmoot.outcomes.errors import EvidenceError, UnitValueError
from folkmoot.outcomes.evidence import Evidence, on_maryland, scales, strengths
from folkmoot.outcomes.evidence_table import (
    EVIDENCE_COLUMNS,
    EXAMPLE,
    evidence_row,
    library,
    read_evidence,
)
from folkmoot.outcomes.unit_values import EXAMPLE as VALUES
from folkmoot.outcomes.unit_values import UnitValue, read_values
from folkmoot.parameters.reader import PACKAGED
from folkmoot.vocabulary.periods import FinancialYear

HEAD = ",".join(EVIDENCE_COLUMNS)

SOUND = Evidence(
    code="a",
    intervention="Help",
    need="need",
    cohort="adults",
    outcome="outcome",
    effect=0.1,
    lower=0.05,
    upper=0.2,
    effect_kind="risk_difference",
    strength=4,
    cost_low=100,
    cost_high=200,
    price_year=FinancialYear(2025),
    years_until=0,
    years_lasting=2,
    country="England",
    source="made up",
    published="2026",
    state="made_up",
)


def test_the_packaged_evidence_is_marked_to_check_and_is_weak() -> None:
    found = {one.code: one for one in library()}
    admissions, quality = found["badalona-admissions"], found["badalona-quality"]
    assert (admissions.effect, admissions.effect_kind) == (0.44, "ratio")  # 56 per cent fewer
    assert quality.effect == 1.23  # 23 per cent more
    for one in found.values():
        assert (one.state, one.strength, one.has_range) == ("to_check", 1, False)
        assert one.years_until is None  # the period is not stated
        assert one.years_lasting is None


def test_every_level_of_a_scale_is_read_as_the_weakest_design_that_it_admits() -> None:
    assert len(strengths()) == 6
    assert scales() == ("maryland", "nesta", "eif")
    assert [on_maryland("nesta", level) for level in range(7)] == [None, 0, 1, 3, 3, 3, None]
    assert [on_maryland("eif", level) for level in range(1, 6)] == [None, 1, 3, 3, None]
    assert on_maryland("stars", 2) is None


@pytest.mark.parametrize(
    ("change", "column", "said"),
    [
        ({"strength": 6}, "strength", "not on the Maryland scale"),
        ({"effect": None, "lower": None, "upper": None}, "effect", "without its effect"),
        ({"strength": 0}, "strength", "strength 0 says that there is no evidence"),
        ({"lower": None}, "lower", "one limit stands without the other"),
        ({"lower": 0.15}, "lower", "do not hold the effect"),
        ({"effect": None, "strength": 0}, "lower", "limits are given without an effect"),
        ({"effect_kind": "odds"}, "effect_kind", "'odds' is not known"),
        ({"effect_kind": "ratio", "lower": -0.1}, "lower", "a ratio of -0.1 cannot be"),
        ({"upper": 1.5}, "upper", "a chance cannot change by 1.5"),
        ({"cost_low": None}, "cost_low", "one cost stands without the other"),
        ({"cost_low": 300}, "cost_low", "not in order"),
        ({"price_year": None}, "price_year", "without the year of its prices"),
        ({"years_until": -1}, "years_until", "-1 will not do"),
        ({"years_lasting": 0}, "years_lasting", "0 will not do"),
        ({"state": "sure"}, "state", "'sure' is not known"),
    ],
)
def test_a_row_that_cannot_be_says_why(change: dict[str, object], column: str, said: str) -> None:
    with pytest.raises(EvidenceError) as caught:
        replace(SOUND, **change)  # type: ignore[arg-type]  # each is a case of its own
    assert [fault.column for fault in caught.value.faults] == [column]
    assert said in str(caught.value)
    assert "An effect is only as good as the study behind it" in str(caught.value)


def test_every_fault_of_a_table_is_told_once_with_its_row(tmp_path: Path) -> None:
    path = tmp_path / "evidence.csv"
    path.write_text(
        f"{HEAD}\n"
        "a,Help,n,c,o,much,0.5,1,ratio,9,1.234,5,2025-27,1.5,0,E,s,2026,sure\n"
        "a,,n,c,o,,,,ratio,0,,,,,,E,s,2026,seen\n",
        encoding="utf-8",
    )
    with pytest.raises(EvidenceError) as caught:
        read_evidence(path)
    assert Counter((fault.row, fault.column) for fault in caught.value.faults) == Counter(
        [
            *((2, "effect"), (2, "lower"), (2, "strength"), (2, "cost_low"), (2, "price_year")),
            *((2, "years_until"), (2, "years_lasting"), (2, "state")),
            *((3, "evidence"), (3, "intervention")),
        ]
    )


def test_a_level_that_a_scale_lacks_and_a_table_without_rows_are_told(tmp_path: Path) -> None:
    path = tmp_path / "evidence.csv"
    row = "a,Help,n,c,o,0.5,,,ratio,5,,,,,,E,s,2026,seen"
    path.write_text(f"{HEAD},scale\n{row},eif\n", encoding="utf-8")
    with pytest.raises(EvidenceError, match=r"'5' is no level of 'eif'. Scales: maryland, nesta"):
        read_evidence(path)
    path.write_text(f"{HEAD},scale\n{row},nesta\n", encoding="utf-8")
    assert read_evidence(path)[0].strength_in_words.startswith("3, before and after, beside")
    assert read_evidence(path)[0].strength_in_words.endswith("read from nesta")
    path.write_text(f"{HEAD}\n", encoding="utf-8")
    with pytest.raises(EvidenceError, match="it has no row"):
        read_evidence(path)
    path.write_text("a\n", encoding="utf-8")
    with pytest.raises(EvidenceError, match="the column 'intervention' is missing"):
        read_evidence(path)


def test_the_template_is_sound_and_is_written_as_it_was_read(tmp_path: Path) -> None:
    found = read_evidence(PACKAGED / EXAMPLE)
    assert {one.state for one in found} == {"made_up"}
    lines = [",".join(EVIDENCE_COLUMNS)]
    lines += [
        ",".join("" if cell is None else f'"{cell}"' for cell in evidence_row(one).values())
        for one in found
    ]
    path = tmp_path / "again.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert read_evidence(path) == found


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "wider"}, "'wider' is not known"),
        ({"falls_to": "person"}, "fiscal value falls to a commissioner"),
        ({"price_year": None}, "a sum has no year of prices"),
        ({"state": "sure"}, "'sure' is not known"),
    ],
)
def test_a_value_that_cannot_be_says_why(change: dict[str, object], said: str) -> None:
    sound = UnitValue(
        outcome="o", pence=1, kind="fiscal", falls_to="hospital", price_year=FinancialYear(2025),
        source="s", published="2026", state="seen",
    )  # fmt: skip
    with pytest.raises(UnitValueError, match=said):
        replace(sound, **change)  # type: ignore[arg-type]  # each is a case of its own


def test_every_fault_of_a_table_of_values_is_told(tmp_path: Path) -> None:
    path = tmp_path / "values.csv"
    head = "outcome,pounds,kind,falls_to,price_year,source,published,state\n"
    path.write_text(
        head
        + "o,-2.505,fiscal,hospitals,2025-26,s,2026,seen\n"
        + "o,1,fiscal,person,,s,2026,seen\n"
        + "o,1,fiscal,person,2025-26,s,2026,seen\n",
        encoding="utf-8",
    )
    with pytest.raises(UnitValueError) as caught:
        read_values(path, ("hospital",))
    assert Counter((fault.row, fault.column) for fault in caught.value.faults) == Counter(
        [(2, "pounds"), (2, "falls_to"), (3, "falls_to"), (3, "price_year"), (4, "falls_to")]
    )
    path.write_text(head, encoding="utf-8")
    with pytest.raises(UnitValueError, match="it has no row"):
        read_values(path, ())


def test_a_saved_event_has_a_negative_value_to_the_penny(tmp_path: Path) -> None:
    path = tmp_path / "values.csv"
    path.write_text(
        "outcome,pounds,kind,falls_to,price_year,source,published,state\n"
        "admission,-2800.5,fiscal,hospital,2025-26,s,2026,seen\n",
        encoding="utf-8",
    )
    assert read_values(path, ("hospital",))[0].pence == -280050
    assert VALUES.endswith(".csv")
