"""The tables of a needs assessment."""

import csv
import io
from pathlib import Path

import pytest

from folkmoot import england
from folkmoot.outcomes.division import Division
from folkmoot.outcomes.errors import NeedsTableError
from folkmoot.outcomes.needs_tables import (
    EXAMPLE,
    NEED_COLUMNS,
    assess_needs,
    cell_rows,
    need_rows,
    read_prevalence,
)
from folkmoot.outcomes.people import people_by_age, read_people
from folkmoot.parameters.reader import packaged_text

HEADER = "need,cohort,area,prevalence,lower_95,upper_95,source,publisher,published,state\n"


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def row(cohort: str, area: str = "", value: str = "0.1", need: str = "falls") -> str:
    return f"{need},{cohort},{area},{value},,,a survey,a publisher,2024,seen\n"


def test_the_template_is_read_and_says_that_it_is_made_up(tmp_path: Path) -> None:
    declared = read_prevalence(written(tmp_path, "p.csv", packaged_text(EXAMPLE)))

    assert declared.is_made_up
    assert declared.cohorts == ("16-64", "65+", "65-79", "80+")


def test_residents_by_age_of_england_add_up_to_everyone(tmp_path: Path) -> None:
    text = HEADER + row("0-15") + row("16-64") + row("65+")
    declared = read_prevalence(written(tmp_path, "p.csv", text))
    places = england.places()

    people = people_by_age(
        places, Division.of_blocks(places, "blocks"), declared.table, declared.cohorts
    )
    found = assess_needs(declared, people)

    assert people.persons.sum() == places.population
    assert found.found.whole.value[0, 0] == pytest.approx(places.population / 10)
    assert found.label(0, 0) == "modelled"


def test_an_areas_own_prevalence_goes_before_the_national_one(tmp_path: Path) -> None:
    text = HEADER + row("65+") + row("65+", area="B", value="0.2")
    declared = read_prevalence(written(tmp_path, "p.csv", text))
    people = read_people(
        written(tmp_path, "people.csv", "area,cohort,persons\nA,65+,100\nB,65+,100\n"),
        declared.cohorts,
    )
    served = written(tmp_path, "met.csv", "area,need,persons,source\nB,falls,5,a register\n")

    found = assess_needs(declared, people, met=served)
    rows = [dict(zip(NEED_COLUMNS, one, strict=True)) for one in need_rows(found)]

    assert [one["expected"] for one in rows] == ["10.0", "20.0"]
    assert [one["label"] for one in rows] == ["modelled", "local"]
    assert [one["unmet"] for one in rows] == ["10.0", "15.0"]
    assert [one[3:5] for one in cell_rows(found)] == [("10.0", "0.000000"), ("20.0", "0.250000")]


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    text = HEADER + "".join(
        [
            row("65+", value="17"),
            "falls,80+,,0.1,0.2,0.3,,a publisher,2024,seen\n",
            "falls,16-64,,0.1,0.05,,a survey,a publisher,2024,guessed\n",
        ]
    )

    with pytest.raises(NeedsTableError) as raised:
        read_prevalence(written(tmp_path, "p.csv", text))

    told = str(raised.value)
    for words in (
        "'17' is not a share of people from 0 to 1",
        "the limits do not hold the prevalence",
        "column 'source': the cell is empty",
        "'guessed' is not known",
        "one limit is without the other",
        "it shares ages with another row of this need",
    ):
        assert words in told


def test_ages_that_an_area_cuts_otherwise_are_refused(tmp_path: Path) -> None:
    text = HEADER + row("65+") + row("75+", area="B")

    with pytest.raises(NeedsTableError, match="shares ages"):
        read_prevalence(written(tmp_path, "p.csv", text))


def test_a_cohort_that_is_no_span_of_ages_needs_a_table_of_people(tmp_path: Path) -> None:
    declared = read_prevalence(written(tmp_path, "p.csv", HEADER + row("carers")))
    places = england.places()

    with pytest.raises(NeedsTableError, match="'carers' is no span of ages"):
        people_by_age(
            places, Division.of_blocks(places, "blocks"), declared.table, declared.cohorts
        )


def test_an_area_or_need_that_is_not_known_is_refused(tmp_path: Path) -> None:
    declared = read_prevalence(written(tmp_path, "p.csv", HEADER + row("65+", area="C")))
    people = read_people(
        written(tmp_path, "people.csv", "area,cohort,persons\nA,65+,100\n"), declared.cohorts
    )
    served = written(tmp_path, "met.csv", "area,need,persons,source\nA,fall,5,a register\n")

    with pytest.raises(NeedsTableError) as raised:
        assess_needs(declared, people, met=served)

    assert "the area 'C' has no people" in str(raised.value)
    assert "Did you mean 'falls'?" in str(raised.value)


def test_people_of_every_cohort_must_be_told(tmp_path: Path) -> None:
    with pytest.raises(NeedsTableError, match=r"'A' has no row for '65\+'"):
        read_people(written(tmp_path, "people.csv", "area,cohort,persons\nA,0-64,1\n"), ("65+",))


def test_rows_make_a_table_as_wide_as_its_header(tmp_path: Path) -> None:
    declared = read_prevalence(written(tmp_path, "p.csv", HEADER + row("x")))
    people = read_people(written(tmp_path, "people.csv", "area,cohort,persons\nA,x,100\n"), ("x",))
    text = io.StringIO()
    csv.writer(text).writerows(need_rows(assess_needs(declared, people)))

    assert len(next(csv.reader([text.getvalue()]))) == len(NEED_COLUMNS)
