"""Practice tables of every layout, and saved places, are read whole or refused fault by fault."""

import gzip
import json
import pickle
from math import isnan
from pathlib import Path

import pytest
from tests.small_country import write_csv

from folkmoot.readers.practices import LAYOUTS, Layout, read_practices, read_saved_places
from folkmoot.vocabulary.errors import PracticesError, SavedPlacesError
from folkmoot.vocabulary.practices import DeclaredPlace

TIDY = LAYOUTS[-1]


def row(layout: Layout, code: str, **cells: str) -> dict[str, str]:
    """A practice with the figures 1 to 10."""
    figures = {name: str(number) for number, name in enumerate(layout.figures, 1)}
    year = {layout.year: "2026/27"} if layout.year else {}
    return {**year, layout.code: code, layout.icb: "I", **figures, **cells}


@pytest.mark.parametrize("layout", LAYOUTS[:-1])
def test_each_generation_of_the_publishers_is_known_by_its_columns(
    tmp_path: Path, layout: Layout
) -> None:
    extra = {"GP_Practice_Name": "A, B", "Patients": ""}
    write_csv(tmp_path / "2026_2027.csv", [row(layout, "p2", **extra), row(layout, "p1", **extra)])

    (found,) = read_practices(tmp_path / "2026_2027.csv")

    assert found.generation == layout.generation
    assert (found.year, found.codes, found.icbs) == ("2026_2027", ("p2", "p1"), ("I", "I"))
    assert found.figures.tolist() == [[float(n) for n in range(1, 11)]] * 2
    assert found.row_of == {"p2": 0, "p1": 1}


def test_a_mark_of_byte_order_gzip_and_every_digit_are_read(tmp_path: Path) -> None:
    layout = LAYOUTS[0]
    write_csv(tmp_path / "one.csv", [row(layout, "p1", **{"G&A WP": "4058.9207827612999"})])
    text = b"\xef\xbb\xbf" + (tmp_path / "one.csv").read_bytes()
    (tmp_path / "two.csv.gz").write_bytes(gzip.compress(text))

    (found,) = read_practices(tmp_path / "two.csv.gz")

    assert found.year == "two"
    assert found.figures[0, 1] == 4058.9207827612999


def test_a_blank_stays_a_blank(tmp_path: Path) -> None:
    write_csv(tmp_path / "x.csv", [row(LAYOUTS[1], "p1", **{"Mat WP": "", "Prescr WP": "0"})])

    (found,) = read_practices(tmp_path / "x.csv")

    assert isnan(found.figures[0, 4])
    assert found.figures[0, 5] == 0


def tidy(folder: Path, **extra: str) -> Path:
    rows = [
        row(TIDY, "p1", allocation_year="2027/28", **extra),
        row(TIDY, "p1", **extra),
        row(TIDY, "p2", icb_ods_code="J", **extra),
    ]
    write_csv(folder / "tidy.csv", rows)
    return folder / "tidy.csv"


def test_the_tidy_table_gives_a_table_a_year(tmp_path: Path) -> None:
    first, second = read_practices(tidy(tmp_path))

    assert (first.year, first.codes, first.icbs) == ("2026/27", ("p1", "p2"), ("I", "J"))
    assert (second.year, second.codes, second.generation) == ("2027/28", ("p1",), "")


def test_a_year_can_be_chosen_and_an_absent_one_is_refused(tmp_path: Path) -> None:
    (found,) = read_practices(tidy(tmp_path), years=("2027/28",))

    assert found.year == "2027/28"
    with pytest.raises(PracticesError, match=r"no practice of the year '2028/29'\. Name another"):
        read_practices(tidy(tmp_path), years=("2027/28", "2028/29"))


def test_boards_take_their_names_from_the_table_or_from_a_list(tmp_path: Path) -> None:
    names = tmp_path / "names.csv"
    write_csv(names, [{"icb_ods_code": "I", "icb_name": "Isle"}])

    assert read_practices(tidy(tmp_path, icb_name="Named"))[0].icbs == ("Named", "Named")
    with pytest.raises(PracticesError, match=r"row 4, .*the list of names has no board 'J'"):
        read_practices(tidy(tmp_path), icb_names=names)
    write_csv(names, [{"icb_ods_code": one, "icb_name": f"Board {one}"} for one in "IJ"])
    assert read_practices(tidy(tmp_path), icb_names=names)[0].icbs == ("Board I", "Board J")


def test_every_fault_of_a_practice_table_is_listed(tmp_path: Path) -> None:
    rows = [
        row(LAYOUTS[2], "p1", **{"G&A WP": "many", "Core WP": "-1"}),
        row(LAYOUTS[2], "p1"),
        row(LAYOUTS[2], "", ICBname=""),
    ]
    write_csv(tmp_path / "x.csv", rows)

    with pytest.raises(PracticesError) as caught:
        read_practices(tmp_path / "x.csv")

    assert sorted((one.row, one.column) for one in caught.value.faults) == [
        (2, "Core WP"),
        (2, "G&A WP"),
        (3, "Practice_Code"),
        (4, "ICBname"),
        (4, "Practice_Code"),
    ]
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301 - ours


def test_a_missing_column_is_named_in_the_nearest_layout(tmp_path: Path) -> None:
    found = row(LAYOUTS[2], "p1")
    del found["Core WP"], found["Health Ineq WP"]
    write_csv(tmp_path / "x.csv", [found])

    with pytest.raises(PracticesError) as caught:
        read_practices(tmp_path / "x.csv")

    assert [one.problem for one in caught.value.faults] == [
        "the column 'Core WP' is missing.",
        "the column 'Health Ineq WP' is missing.",
    ]


def test_no_file_and_no_rows_are_faults(tmp_path: Path) -> None:
    with pytest.raises(PracticesError, match="the file is not there"):
        read_practices(tmp_path / "none.csv")
    (tmp_path / "x.csv").write_text(",".join(row(LAYOUTS[0], "p1")) + "\n", encoding="utf-8")
    with pytest.raises(PracticesError, match="the table has no practice"):
        read_practices(tmp_path / "x.csv")
    with pytest.raises(PracticesError, match="the file is not there"):
        read_practices(tidy(tmp_path), icb_names=tmp_path / "none.csv")


def saved(folder: Path, value: object) -> Path:
    (folder / "saved.json").write_text(json.dumps(value), encoding="utf-8-sig")
    return folder / "saved.json"


def test_saved_places_are_read_in_their_order_by_code(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        {
            "B": {"gps": ["p1: A: B SURGERY", "p1", " p2 : C"], "icb": "I "},
            "A": {"gps": [], "icb": "J"},
            "dropped": {"gps": "old", "icb": 3},
            "places": ["B", "A"],
        },
    )

    assert read_saved_places(path) == (
        DeclaredPlace(name="B", icb="I", practices=("p1", "p1", "p2")),
        DeclaredPlace(name="A", icb="J", practices=()),
    )


def test_every_fault_of_saved_places_is_listed(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        {
            "A": {"gps": ["p1", ": NAME", 3], "icb": ""},
            "B": {"icb": "I"},
            "places": ["A", "B", "C", "B", 7, "places"],
        },
    )

    with pytest.raises(SavedPlacesError) as caught:
        read_saved_places(path)

    assert [one.problem for one in caught.value.faults] == [
        "place 'A' names no integrated care board.",
        "practice 2 of place 'A' has no code.",
        "practice 3 of place 'A' has no code.",
        "place 'B' has no list of practices.",
        "'C' is listed under 'places' and not defined.",
        "place 'B' has no list of practices.",
        "'7' is listed under 'places' and not defined.",
        "'places' is listed under 'places' and not defined.",
        "'B' is listed twice under 'places'.",
    ]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"{", r"saved.json, row 1: the file is not JSON"),
        (b"[]", "it is not a JSON object of places"),
        (b"{}", "it lists no places"),
        (b'{"places": "A"}', "it lists no places"),
        (b'{"places": ["\xff"]}', "the file is not UTF-8 text"),
        (b'{"A": 1, "A": 2, "places": ["A"]}', "'A' is defined twice"),
    ],
)
def test_a_file_that_is_not_of_saved_places_is_refused(
    tmp_path: Path, content: bytes, problem: str
) -> None:
    (tmp_path / "saved.json").write_bytes(content)

    with pytest.raises(SavedPlacesError, match=problem):
        read_saved_places(tmp_path / "saved.json")


def test_a_missing_file_of_places_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SavedPlacesError, match="the file cannot be read"):
        read_saved_places(tmp_path / "none.json")
