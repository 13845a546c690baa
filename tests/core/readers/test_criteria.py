"""A criteria file is read whole against a package, or every fault is told."""

from pathlib import Path

import pytest
from tests import small_country
from tests.small_country import CRITERIA

from folkmoot.readers.criteria import read_criteria
from folkmoot.readers.places import read_places
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.errors import CriteriaError
from folkmoot.vocabulary.places import Places


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Places:
    return read_places(small_country.write(tmp_path_factory.mktemp("country")))


def faults_of(folder: Path, places: Places, text: str) -> list[str]:
    with pytest.raises(CriteriaError) as caught:
        read_criteria(small_country.write_criteria(folder, text), places)
    return [str(fault) for fault in caught.value.faults]


def test_a_sound_file_is_read(tmp_path: Path, country: Places) -> None:
    criteria = read_criteria(small_country.write_criteria(tmp_path), country)

    assert (criteria.areas, criteria.minimum_population) == (3, 200_000)
    assert [one.role for one in criteria.geographies] == ["health", "economy"]
    assert criteria.flow_weight == 0


def test_the_number_of_areas_can_be_replaced(tmp_path: Path, country: Places) -> None:
    path = small_country.write_criteria(tmp_path)

    assert read_criteria(path, country, areas=4).areas == 4


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("areas = 3", "areas = ", "not a TOML file"),
        ("areas = 3", "arias = 3", "Did you mean 'areas'?"),
        ("areas = 3", "", "'areas' is missing"),
        ("areas = 3", "areas = 0", "Write a whole number, 1 or more"),
        ("areas = 3", 'areas = "3"', "'areas' is '3'"),
        ("areas = 3", "areas = 10", "10 areas cannot be made of 9 block(s)"),
        ("areas = 3", "areas = 5", "with these bounds 3 to 4 areas would"),
        ("min = 200000", "min = 500000", "exceeds the most"),
        ("inertia = 0.5", "inertia = -1", "lower is always better"),
        ("inertia = 0.5", "inertia = nan", "Write a number, 0 or more"),
        ("inertia = 0.5", "flow = 1", "has no 'flows'"),
        ("inertia = 0.5", "need = 1", "no [[need]] has one"),
        ('role = "health"', 'role = "helth"', "Write one of: health"),
        ('name = "board"', 'name = "boards"', "Did you mean 'board'?"),
        ('name = "economy"', 'name = "board"', "'board' stands twice"),
        ("atoms = []", 'atoms = ["lep"]', "no geography 'lep'"),
        (
            "weight = 0.1",
            'weight = 0.1\n[[need]]\nindicator = "x"\ncolumn = "y"\nweight = 1',
            "both or neither",
        ),
        (
            "weight = 0.1",
            'weight = 0.1\n[[need]]\ncolumn = "poverty"\nweight = 1',
            "no column of blocks",
        ),
        (
            "weight = 0.1",
            'weight = 0.1\n[[need]]\ncolumn = "area_km2"\nweight = 1',
            "the same everywhere",
        ),
        (
            "weight = 0.1",
            'weight = 0.1\n[[need]]\ncolumn = "name"\nweight = 1',
            "no value for 9 block(s)",
        ),
        ("[weights]", '[limits]\ncoterminosity_no_worse_than = "x"\n[weights]', "no geography 'x'"),
    ],
)
def test_a_fault_is_named_with_its_mend(
    tmp_path: Path, country: Places, old: str, new: str, expected: str
) -> None:
    faults = faults_of(tmp_path, country, CRITERIA.replace(old, new, 1))

    assert any(expected in fault for fault in faults), faults


def test_all_weights_zero_is_refused(tmp_path: Path, country: Places) -> None:
    text = CRITERIA.replace("0.5", "0").replace("0.3", "0").replace("0.1", "0")

    assert "all plans are equal" in faults_of(tmp_path, country, text)[0]


def test_shares_that_do_not_sum_to_one_are_named_by_block(tmp_path: Path) -> None:
    tables = small_country.tables()
    tables["memberships"][0]["population_share"] = "0.9"
    places = read_places(small_country.write(tmp_path, tables))

    assert "the shares of block a in 'board' sum to 0.9" in faults_of(tmp_path, places, CRITERIA)[0]


def test_all_faults_are_told_at_once(tmp_path: Path, country: Places) -> None:
    text = (
        CRITERIA.replace("areas = 3", "areas = 0").replace('"health"', '"x"').replace("0.5", "-1")
    )

    assert len(faults_of(tmp_path, country, text)) == 3


def test_the_shipped_criteria_fit_the_packaged_england(england_criteria: Criteria) -> None:
    assert england_criteria.areas == 38
    assert sum(one.weight for one in england_criteria.geographies) == pytest.approx(0.85)
