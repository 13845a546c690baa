"""A places package is read whole, or every fault is told."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from tests import small_country
from tests.small_country import Rows

from folkmoot.readers.places import read_places
from folkmoot.vocabulary.errors import PackageError
from folkmoot.vocabulary.places import Places


def faults_of(folder: Path) -> list[str]:
    with pytest.raises(PackageError) as caught:
        read_places(folder)
    return [str(fault) for fault in caught.value.faults]


def test_a_sound_package_is_read_into_values_sorted_by_code(tmp_path: Path) -> None:
    tables = small_country.tables()
    tables = {name: rows[::-1] for name, rows in tables.items()}

    places = read_places(small_country.write(tmp_path, tables))

    assert places.blocks.codes == tuple(small_country.CODES)
    assert places.population == 900_000
    assert len(places.borders.pairs) == 12
    assert places.geographies["board"].codes == ("middle", "north", "south")
    assert [places.geographies["board"].dominant(9)[n] for n in (0, 3, 6)] == [1, 0, 2]


def test_a_gzipped_table_reads_like_a_plain_one_and_has_its_digest(tmp_path: Path) -> None:
    plain = read_places(small_country.write(tmp_path / "plain"))
    folder = small_country.write(tmp_path / "packed")
    path = folder / "memberships.csv"
    (folder / "memberships.csv.gz").write_bytes(gzip.compress(path.read_bytes()))
    path.unlink()
    descriptor = json.loads((folder / "datapackage.json").read_text())
    descriptor["resources"][2]["path"] += ".gz"
    (folder / "datapackage.json").write_text(json.dumps(descriptor))

    packed = read_places(folder)

    assert packed.sha256["memberships.csv.gz"] == plain.sha256["memberships.csv"]


def test_a_split_block_counts_in_both_areas(tmp_path: Path) -> None:
    tables = small_country.tables()
    row = next(
        r for r in tables["memberships"] if (r["unit_code"], r["geography"]) == ("a", "board")
    )
    row["population_share"] = "0.75"
    tables["memberships"].append(row | {"area_code": "middle", "population_share": "0.25"})

    places = read_places(small_country.write(tmp_path, tables))
    counted = places.contingency(places.geographies["board"], np.zeros(9, dtype=np.int64), 1)

    assert counted.tolist() == [[325_000.0, 275_000.0, 300_000.0]]


def set_cell(table: str, row: int, column: str, value: str) -> Callable[[dict[str, Rows]], None]:
    return lambda tables: tables[table][row].__setitem__(column, value)


def drop_column(table: str, column: str) -> Callable[[dict[str, Rows]], object]:
    return lambda tables: [row.pop(column) for row in tables[table]]


def double_row(table: str) -> Callable[[dict[str, Rows]], None]:
    return lambda tables: tables[table].append(dict(tables[table][0]))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            set_cell("blocks", 1, "population", "lots"),
            "blocks.csv, row 3, column 'population': 'lots'",
        ),
        (set_cell("blocks", 1, "population", "-5"), "blocks.csv, row 3, column 'population': '-5'"),
        (set_cell("blocks", 0, "easting", ""), "blocks.csv, row 2, column 'easting': '' is not"),
        (drop_column("blocks", "population"), "the column 'population' is missing"),
        (double_row("blocks"), "row 11, column 'code': a stands already in row 2"),
        (set_cell("adjacency", 0, "code_b", "zz"), "'zz' is not the code of a block"),
        (set_cell("adjacency", 0, "kind", "river"), "'river' is not a kind of border"),
        (set_cell("adjacency", 0, "code_a", "c"), "'code_a' comes after 'code_b'"),
        (set_cell("adjacency", 0, "code_b", "a"), "a block cannot border itself"),
        (set_cell("memberships", 0, "population_share", "1.5"), "'1.5' is not a share from 0 to 1"),
        (set_cell("memberships", 0, "unit_code", ""), "column 'unit_code': the cell is empty"),
    ],
)
def test_a_fault_is_named_with_its_file_row_and_column(
    tmp_path: Path, change: Callable[[dict[str, Rows]], object], expected: str
) -> None:
    tables = small_country.tables()
    change(tables)

    assert any(expected in fault for fault in faults_of(small_country.write(tmp_path, tables)))


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    tables = small_country.tables()
    tables["blocks"][0]["population"] = "?"
    tables["adjacency"][0]["kind"] = "?"
    tables["memberships"][0]["population_share"] = "?"

    files = {fault.split(",")[0] for fault in faults_of(small_country.write(tmp_path, tables))}

    assert files == {"blocks.csv", "adjacency.csv", "memberships.csv"}


def test_a_block_without_neighbours_is_told_the_nearest_and_given_no_link(tmp_path: Path) -> None:
    tables = small_country.tables()
    tables["adjacency"] = [
        row for row in tables["adjacency"] if "i" not in (row["code_a"], row["code_b"])
    ]

    (fault,) = faults_of(small_country.write(tmp_path, tables))

    assert "block i (Block I) borders no other" in fault
    assert "the nearest block is f (Block F), 10 km away" in fault


def test_a_folder_without_a_descriptor_is_no_package(tmp_path: Path) -> None:
    assert "this is not a places package" in faults_of(tmp_path)[0]


def test_a_missing_resource_is_named(tmp_path: Path) -> None:
    tables = small_country.tables()
    del tables["memberships"]

    assert any(
        "'memberships' is missing" in f for f in faults_of(small_country.write(tmp_path, tables))
    )


def test_a_path_out_of_the_package_is_refused(tmp_path: Path) -> None:
    folder = small_country.write(tmp_path)
    text = (folder / "datapackage.json").read_text().replace("blocks.csv", "../blocks.csv")
    (folder / "datapackage.json").write_text(text)

    assert any("leaves the package" in fault for fault in faults_of(folder))


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b'code,name\n"a', b"code,code\n1,2\n"])
def test_a_table_that_is_no_table_is_a_fault_and_not_a_traceback(
    tmp_path: Path, content: bytes
) -> None:
    folder = small_country.write(tmp_path)
    (folder / "blocks.csv").write_bytes(content)

    assert faults_of(folder)


def test_the_packaged_england_is_the_published_one(england_places: Places) -> None:
    assert england_places.population == 57_690_323
    assert len(england_places.blocks) == 296
    assert england_places.borders.kinds.count("link") == 19
    assert {len(table.micro_persons) for table in england_places.need} == {296}
    assert len(england_places.attributions) == 4


def test_the_packaged_england_says_what_the_published_tables_say(
    shared: Path, england_places: Places
) -> None:
    published = read_places(shared / "england/2025")

    assert published.blocks.codes == england_places.blocks.codes
    assert np.array_equal(published.borders.pairs, england_places.borders.pairs)
    assert set(published.geographies) == set(england_places.geographies)
    for name, geography in published.geographies.items():
        assert np.array_equal(geography.share, england_places.geographies[name].share)
    assert published.outlines == england_places.outlines
