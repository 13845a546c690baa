"""The tables of a map of services."""

from collections.abc import Callable
from pathlib import Path

import pytest

from folkmoot.outcomes.errors import OverlapTableError, ShareError, UnknownCellError
from folkmoot.outcomes.overlap import Bounds, gap_map, pairs
from folkmoot.outcomes.overlap_rows import (
    GAP_COLUMNS,
    PAIR_COLUMNS,
    gap_rows,
    pair_rows,
)
from folkmoot.outcomes.overlap_tables import EXAMPLES, FILES, read_service_map
from folkmoot.parameters.reader import packaged_text


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / name).write_text(packaged_text(f"{EXAMPLES}/{name}"), encoding="utf-8")
    return tmp_path


@pytest.fixture
def change(folder: Path) -> Callable[[str, str, str], None]:
    def replace(name: str, old: str, new: str) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")

    return replace


def test_the_template_is_read_and_its_gaps_and_pairs_found(folder: Path) -> None:
    given = read_service_map(folder)
    found = gap_map(given.cells, given.services)

    assert given.is_made_up
    assert found.unserved.sum() == pytest.approx(3080)
    made = pairs(given.services, found, Bounds.shipped())
    told = [dict(zip(PAIR_COLUMNS, row, strict=True)) for row in pair_rows(given.services, made)]
    assert [(one["service_a"], one["service_b"], one["pence_at_stake"]) for one in told] == [
        ("S2", "S3", 35000000), ("S2", "S1", 26666667), ("S3", "S1", 26666667), ("S4", "S5", 0),
    ]  # fmt: skip
    assert told[-1]["reason"] == "people choose between two"
    cells = [dict(zip(GAP_COLUMNS, row, strict=True)) for row in gap_rows(found)]
    assert sum(float(str(one["unserved"])) for one in cells) == pytest.approx(3080)


def test_all_is_every_cohort_or_place(folder: Path) -> None:
    services = read_service_map(folder).services

    assert services.sizes.tolist() == [3, 2, 2, 2, 2]


def test_a_service_with_shares_has_its_capacity_where_they_say(
    folder: Path, change: Callable[[str, str, str], None]
) -> None:
    both = "S5,help at home,65+,all,0.8,\nS5,cold homes,65+,E06000002,0.2,"
    change("offers.csv", "S5,help at home,65+,all,,", both)

    given = read_service_map(folder)

    assert given.services.share[-3:].tolist() == pytest.approx([0.4, 0.4, 0.2])


def test_every_fault_is_told_at_once(folder: Path, change: Callable[[str, str, str], None]) -> None:
    change("cells.csv", "900,0.2", "-900,2")
    change("services.csv", "S3,Listening Line.,900,350000", "S3,Listening Line.,many,£350")
    change("services.csv", "intended,people choose", "wanted,people choose")
    change("offers.csv", "S4,help at home", "S9,help at home")
    change("terms.csv", "cold homes,,\n", "")

    with pytest.raises(OverlapTableError) as raised:
        read_service_map(folder)

    told = str(raised.value)
    for words in (
        "'-900' is not a number of people",
        "'2' is not a share, 0 to 1",
        "'many' is not a number of people a year",
        "'£350' is not a sum in whole pounds",
        "'wanted' is not known.",
        "'S9' is no service",
        "'S4' offers nothing",
        "the need 'cold homes' of the cells is not there",
    ):
        assert words in told
    assert "'S5' offers nothing" not in told


def test_an_offer_that_stands_twice_or_lacks_a_share_is_told(
    folder: Path, change: Callable[[str, str, str], None]
) -> None:
    twice = "S5,help at home,65+,all,,\nS5,help at home,65+,E06000002,0.5,"
    change("offers.csv", "S5,help at home,65+,all,,", twice)

    with pytest.raises(OverlapTableError) as raised:
        read_service_map(folder)

    assert "'S5' offers this already." in str(raised.value)
    assert "other rows of this service have a share." in str(raised.value)


def test_a_need_cohort_or_place_that_is_not_known_is_named(
    folder: Path, change: Callable[[str, str, str], None]
) -> None:
    change("offers.csv", "S1,worry,16-64", "S1,worrying,16-64")
    change("offers.csv", "S2,worry,16-64", "S2,worry,17-64")

    with pytest.raises(UnknownCellError, match="worrying, 16-64, E06000001; worry, 17-64"):
        read_service_map(folder)


def test_shares_that_lose_a_part_of_a_service_are_refused(
    folder: Path, change: Callable[[str, str, str], None]
) -> None:
    change("offers.csv", "S5,help at home,65+,all,,", "S5,help at home,65+,all,0.7,")

    with pytest.raises(ShareError, match=r"S5; the first sum to 0\.7"):
        read_service_map(folder)


def test_a_folder_without_its_tables_names_each(tmp_path: Path) -> None:
    with pytest.raises(OverlapTableError) as raised:
        read_service_map(tmp_path)

    for name in ("cells.csv", "services.csv", "offers.csv"):
        assert f"{name}: the file is not there" in str(raised.value)
