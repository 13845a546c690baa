"""An area plan is read for the package it was made for, or refused by its blocks."""

from pathlib import Path

import pytest
from tests import small_country

from folkmoot.readers.area_plan import read_area_plan
from folkmoot.readers.places import read_places
from folkmoot.vocabulary.codes import AreaCode
from folkmoot.vocabulary.errors import AreaPlanFileError
from folkmoot.vocabulary.places import Places


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Places:
    return read_places(small_country.write(tmp_path_factory.mktemp("country")))


def write(folder: Path, placed: dict[str, str]) -> Path:
    rows = [{"block": block, "area": area} for block, area in placed.items()]
    small_country.write_csv(folder / "areas.csv", rows)
    return folder / "areas.csv"


def test_a_file_and_the_folder_that_holds_it_read_alike(tmp_path: Path, country: Places) -> None:
    path = write(tmp_path, {code: "X" if code in "abc" else "Y" for code in "ihgfedcba"})

    plan = read_area_plan(path, country)

    assert plan.members()[AreaCode("X")] == ("a", "b", "c")
    assert read_area_plan(tmp_path, country).is_same_partition(plan)


def test_a_plan_for_another_package_is_refused_with_the_codes_that_differ(
    tmp_path: Path, country: Places
) -> None:
    path = write(tmp_path, {**dict.fromkeys("abcdefgh", "X"), "z": "X"})

    with pytest.raises(AreaPlanFileError) as caught:
        read_area_plan(path, country)

    assert "does not have: z." in str(caught.value)
    assert "nowhere: i." in str(caught.value)
