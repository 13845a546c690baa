"""The NHS place index worked out again from the published files, with none of our code.

Plain arithmetic: decimals of a hundred digits added up, then divided as floats, then printed
as decimals. The first example is the one of the method's own description.
"""

import csv
import json
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet
from pyarrow.csv import write_csv

from folkmoot.cli import main
from folkmoot.funding.place_index import PlaceTable, place_index
from folkmoot.funding.place_index_profiles import ProfileName
from folkmoot.readers.practices import read_practices
from folkmoot.vocabulary.practices import DeclaredPlace

FIRST = ("Practice_Code", "ICS22name", "pop 2022/23", "Final WP")
SECOND = ("Practice_Code", "ICBname", "Population", "Final WP")
THIRD = ("Practice_Code", "ICBname", "Registered Patients", "Core WP")
FILES: dict[str, tuple[ProfileName, tuple[str, str, str, str]]] = {
    "2023_2024": ("v1", FIRST),
    "2024_2025": ("v1", FIRST),
    "2025_2026": ("v3", SECOND),
    "2026_2027": ("v3", THIRD),
    "2027_2028": ("v3", THIRD),
    "2028_2029": ("v3", THIRD),
}
EXAMPLE = DeclaredPlace(
    name="Default Place",
    icb="NHS West Yorkshire ICB",
    practices=("B85005", "B85022", "B85061", "B85026"),
)


class Practice(NamedTuple):
    """A practice as it is printed: its board, and ten figures as text."""

    icb: str
    figures: tuple[str, ...]


class Published:
    """One published file, and the tool's arithmetic over it."""

    def __init__(self, folder: Path, year: str) -> None:
        self.profile, (code, icb, registered, core) = FILES[year]
        path = folder / "england/funding/practice" / f"{year}.csv"
        columns = [registered, "G&A WP", "CS WP", "MH WP", "Mat WP", "Prescr WP", core]
        columns += ["Final PMC WP", "Primary Medical Care WP", "Health Ineq WP"]
        with path.open(encoding="utf-8-sig", newline="") as file:
            self.practices = {
                row[code]: Practice(row[icb], tuple(row[column] for column in columns))
                for row in csv.DictReader(file)
            }
        self.boards: dict[str, list[str]] = {}
        for one, practice in self.practices.items():
            self.boards.setdefault(practice.icb, []).append(one)
        (self.table,) = read_practices(path)
        self.board_sums = cache(lambda icb: self.added(self.boards[icb]))

    def counted(self, text: str) -> float:
        if self.profile == "v1":
            return float(text) or 1.0 if text else 1.0
        return float(text) if text else 0.0

    def added(self, codes: list[str]) -> list[float]:
        rows = [self.practices[code].figures for code in codes]
        columns = zip(*rows, strict=True)
        with localcontext(prec=100):
            exact = [sum(Decimal(self.counted(text)) for text in column) for column in columns]
        sums = [float(one) for one in exact]
        return [float(round(one)) for one in sums] if self.profile == "v1" else sums

    def expected(self, places: list[DeclaredPlace]) -> list[tuple[str, list[float], list[float]]]:
        """Name, sums and unrounded indices of each row, board by board."""
        rows = []
        for icb in dict.fromkeys(place.icb for place in places):
            board = self.board_sums(icb)
            ratios = [weight / board[0] for weight in board[1:]]
            rows.append((icb, board, ratios))
            for place in places:
                if place.icb == icb:
                    own = self.added([one for one in set(place.practices) if one in self.practices])
                    beside = [w / own[0] / r for w, r in zip(own[1:], ratios, strict=True)]
                    rows.append((place.name, own, beside))
        return rows

    def printed(self, value: float, digits: int) -> float:
        if self.profile == "v1":
            return round(value * 10.0**digits) / 10.0**digits
        unit = Decimal(1).scaleb(-digits)
        return float(Decimal(str(value)).quantize(unit, rounding=ROUND_HALF_UP))


@pytest.fixture(scope="module")
def published(shared: Path) -> Callable[[str], Published]:
    return cache(lambda year: Published(shared, year))


def check(published: Published, found: PlaceTable, places: list[DeclaredPlace]) -> None:
    """Rounded cells are equal; unrounded ones within 1e-12."""
    expected = published.expected(places)
    sums, indices = found.rounded()
    assert found.names == tuple(name for name, _, _ in expected)
    for row, (_, own, ratios) in enumerate(expected):
        assert found.sums[row].tolist() == own
        assert found.indices[row].tolist() == pytest.approx(ratios, rel=1e-12, abs=0)
        assert sums[row].tolist() == [published.printed(one, 0) for one in own]
        assert indices[row].tolist() == [published.printed(one, 3) for one in ratios]


@pytest.mark.parametrize("year", FILES)
@given(data=st.data())
@settings(max_examples=30)
def test_random_places_equal_the_plain_arithmetic(
    published: Callable[[str], Published], year: str, data: st.DataObject
) -> None:
    one = published(year)
    everywhere = st.sampled_from(sorted(one.practices))
    places = []
    for number in range(data.draw(st.integers(1, 6))):
        icb = data.draw(st.sampled_from(sorted(one.boards)))
        own = data.draw(st.lists(st.sampled_from(one.boards[icb]), min_size=1, max_size=40))
        others = data.draw(st.lists(everywhere | st.just("unknown"), max_size=3))
        places.append(
            DeclaredPlace(name=f"Place {number}", icb=icb, practices=(*own, *others, own[0]))
        )

    check(one, place_index(one.table, places, one.profile), places)


@pytest.mark.parametrize("year", FILES)
def test_boards_cut_into_places_equal_the_plain_arithmetic(
    published: Callable[[str], Published], year: str
) -> None:
    one = published(year)
    places = [
        DeclaredPlace(name=f"{icb} {part}", icb=icb, practices=tuple(codes[part::3]))
        for icb, codes in one.boards.items()
        for part in range(3)
        if codes[part::3]
    ]

    check(one, place_index(one.table, places, one.profile), places)


@pytest.mark.parametrize("year", FILES)
def test_places_of_practices_without_some_need_equal_the_plain_arithmetic(
    published: Callable[[str], Published], year: str
) -> None:
    one = published(year)
    without = [
        code
        for code, practice in one.practices.items()
        if any(float(text) == 0 for text in practice.figures) and one.added([code])[0]
    ]
    places = [
        DeclaredPlace(name=code, icb=one.practices[code].icb, practices=(code,)) for code in without
    ]

    assert places
    check(one, place_index(one.table, places, one.profile), places)


@pytest.mark.parametrize("year", FILES)
def test_the_tools_own_default_place_equals_the_plain_arithmetic(
    published: Callable[[str], Published], year: str
) -> None:
    one = published(year)

    check(one, place_index(one.table, [EXAMPLE], one.profile), [EXAMPLE])


def test_the_default_place_has_the_printed_figures_of_2023(
    published: Callable[[str], Published],
) -> None:
    found = place_index(published("2023_2024").table, [EXAMPLE], "v1")
    sums, indices = found.rounded()

    assert sums[:, [0, 1, 6]].tolist() == [[2629901, 2642171, 2661286], [31998, 34620, 30525]]
    assert indices[:, 0].tolist() == [1.005, 1.077]
    assert indices[1, 5] == 0.943
    assert found.indices[0, 0] == pytest.approx(1.0046656, abs=5e-8)
    assert found.indices[1, [0, 5]].tolist() == pytest.approx([1.0769182, 0.9427156], abs=5e-8)


MADE_UP: list[tuple[str, ProfileName, list[list[str]]]] = [
    ("2023_2024", "v1", [["600", "602", "1.003"], ["300", "312", "1.037"]]),
    ("2024_2025", "v1", [["600", "602", "1.003"], ["300", "312", "1.037"]]),
    ("2025_2026", "v3", [["601", "601", "1.000"], ["301", "311", "1.033"]]),
    ("2026_2027", "v3", [["601", "601", "1.000"], ["301", "311", "1.033"]]),
    ("2027_2028", "v3", [["601", "601", "1.000"], ["301", "311", "1.033"]]),
    ("2028_2029", "v3", [["601", "601", "1.000"], ["301", "311", "1.033"]]),
]


@pytest.mark.parametrize(("year", "profile", "expected"), MADE_UP)
def test_made_up_practices_in_each_years_layout_have_the_printed_figures(
    shared: Path, tmp_path: Path, year: str, profile: ProfileName, expected: list[list[str]]
) -> None:
    """The second example: zeros, halves, a practice listed twice and one that is unknown."""
    source = shared / "england/funding/practice" / f"{year}.csv"
    header = source.read_text(encoding="utf-8-sig").splitlines()[0].split(",")
    code, icb, registered, _ = FILES[year][1]
    rows = []
    for name, persons, weight in (
        ("p1", "100.5", "0"),
        ("p2", "200", "310.5"),
        ("p3", "300", "290"),
    ):
        cells = {column: weight for column in header if column.endswith("WP")}
        cells |= {code: name, icb: "I", registered: persons}
        rows.append(",".join(cells.get(column, "") for column in header))
    practices, saved, out = tmp_path / "p.csv", tmp_path / "s.json", tmp_path / "out.csv"
    practices.write_text("\n".join([",".join(header), *rows]), encoding="utf-8-sig")
    place = {"gps": ["p1: ONE", "p2: TWO", "p2: TWO", "zz: NONE"], "icb": "I"}
    saved.write_text(json.dumps({"P": place, "places": ["P"]}), encoding="utf-8")

    asked = ["--practices", practices, "--session", saved, "--profile", profile, "--out", out]
    result = CliRunner().invoke(main, ["funding", "need-index", *map(str, asked)])

    assert result.exit_code == 0, result.output
    board, own = list(csv.reader(out.read_text(encoding="utf-8").splitlines()))[1:]
    assert board == ["I", expected[0][0], *[expected[0][1]] * 9, *[expected[0][2]] * 9]
    assert own == ["P", expected[1][0], *[expected[1][1]] * 9, *[expected[1][2]] * 9]


def test_the_tidy_table_agrees_with_the_published_file_to_its_three_decimals(
    published: Callable[[str], Published], shared: Path, tmp_path: Path
) -> None:
    folder = shared / "england/funding"
    practices = parquet.read_table(
        folder / "gp_practice_weighted_populations.parquet",
        filters=[("allocation_year", "=", "2026/27")],
    )
    write_csv(practices, tmp_path / "tidy.csv")

    (tidy,) = read_practices(
        tmp_path / "tidy.csv", years=("2026/27",), icb_names=folder / "icb_names.csv"
    )
    one = published("2026_2027")
    found = place_index(tidy, [EXAMPLE], "v3")
    exact = place_index(one.table, [EXAMPLE], "v3")

    assert sorted(tidy.codes) == sorted(one.table.codes)
    assert found.names == exact.names
    assert found.sums == pytest.approx(exact.sums, rel=1e-6)
    assert found.indices == pytest.approx(exact.indices, rel=1e-6)
