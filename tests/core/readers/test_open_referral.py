"""A directory of services in the form of Open Referral UK; every service here is made up."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from folkmoot.outcomes.overlap_tables import directory_rows
from folkmoot.readers.open_referral import read_directory
from folkmoot.vocabulary.errors import DirectoryError

IDENTITY = "00000000-0000-4000-8000-00000000000{}"
SERVICE: dict[str, Any] = {
    "id": IDENTITY.format(1),
    "name": "Listening line",
    "status": "active",
    "description": "made up for a test",
    "minimum_age": 18,
    "maximum_age": 64,
    "organization": {"id": IDENTITY.format(2), "name": "A charity", "description": "made up"},
    "funding": [{"id": IDENTITY.format(3), "source": "council"}],
    "service_areas": [
        {"id": IDENTITY.format(4), "name": "Hartlepool", "uri": "http://example.org/id/E06000001"},
        {"id": IDENTITY.format(5), "name": "The coast"},
    ],
    "service_at_locations": [
        {
            "id": IDENTITY.format(6),
            "location": {
                "id": IDENTITY.format(7),
                "location_type": "physical",
                "addresses": [
                    {
                        "id": IDENTITY.format(8), "address_1": "2 Church Square",
                        "city": "Hartlepool", "state_province": "", "postal_code": "TS24 7BB",
                        "country": "GB", "address_type": "physical",
                    }
                ],
            },
        }
    ],
    "attributes": [
        {
            "id": IDENTITY.format(9),
            "link_id": IDENTITY.format(1),
            "taxonomy_term": {
                "id": "t2", "name": "low mood", "description": "made up", "parent_id": "t1",
            },
        },
        {
            "id": "00000000-0000-4000-8000-000000000010",
            "link_id": IDENTITY.format(1),
            "taxonomy_term": {"id": "t1", "name": "mind", "description": "made up"},
        },
    ],
}  # fmt: skip
OLD = {"id": IDENTITY.format(0), "name": "Gone", "status": "defunct"}


def written(folder: Path, value: object) -> Path:
    path = folder / "services.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


@pytest.mark.parametrize("wrap", [lambda one: one, lambda one: {"contents": one, "page": 1}])
def test_a_page_or_a_list_is_read(tmp_path: Path, wrap: Any) -> None:
    found = read_directory(written(tmp_path, wrap([SERVICE, OLD])))

    (one,) = found.services
    assert found.inactive == 1
    assert (one.name, one.provider, one.funders) == ("Listening line", "A charity", ("council",))
    assert one.address == "2 Church Square, Hartlepool, TS24 7BB"
    assert (one.needs, one.ages) == (("low mood", "mind"), "18-64")
    assert one.areas == ("E06000001", "The coast")
    assert found.broader == {"low mood": "mind", "mind": None}


def test_what_a_directory_does_not_say_is_left_empty_or_for_all(tmp_path: Path) -> None:
    bare = {
        key: SERVICE[key] for key in ("id", "name", "status", "attributes")
    } | {"minimum_age": 65}  # fmt: skip

    rows = directory_rows(read_directory(written(tmp_path, bare)))

    assert rows["services.csv"][0][2:4] == ("", "")
    assert rows["offers.csv"][0][1:4] == ("low mood", "65+", "all")
    assert rows["terms.csv"] == [("low mood", "mind", ""), ("mind", "", "")]


def test_a_service_without_what_the_standard_requires_is_named(tmp_path: Path) -> None:
    with pytest.raises(DirectoryError) as raised:
        read_directory(written(tmp_path, [SERVICE, {"name": "No number"}]))

    assert "service 2 has no 'id'" in str(raised.value)
    assert "service 2 has no 'status'" in str(raised.value)


@pytest.mark.parametrize(("text", "words"), [("{", "it is not JSON"), ("3", "no list of services")])
def test_a_file_that_is_no_directory_is_refused(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "services.json").write_text(text, encoding="utf-8")

    with pytest.raises(DirectoryError, match=words):
        read_directory(tmp_path / "services.json")
    with pytest.raises(DirectoryError, match="cannot be read"):
        read_directory(tmp_path / "none.json")


def test_the_service_of_these_tests_is_one_by_the_published_schema(shared: Path) -> None:
    path = shared / "standards/open-referral-uk/schema/compiled/service.json"

    schema = json.loads(path.read_text(encoding="utf-8"))

    Draft202012Validator(schema).validate(SERVICE)
    assert list(Draft202012Validator(schema).iter_errors({"name": "No number"}))
