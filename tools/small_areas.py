"""Make places packages of small areas, to measure how the design grows with the country.

In:        the folder ``england`` of the published tables: LSOAs with their borders, districts.
Out:       a places package of 33,755 LSOAs, or of as many pieces of them as are asked for, with
           criteria like the default ones.
Run:       python tools/small_areas.py ENGLAND FOLDER [BLOCKS]
Rule:      an LSOA has the shares of its district in every geography but its own health board
           and police force. Pieces of LSOAs are synthetic: a fan about a point, each with an
           equal part of the people, touching what it faces.
Not here:  commuters, which the tables do not have for LSOAs.
"""

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from pyarrow import parquet

from folkmoot.vocabulary.arrays import FloatMatrix, IntMatrix, IntVector

THROUGH_DISTRICTS = ("lep", "ttwa", "ceremonial_county", "combined_authority", "upper_tier")
CRITERIA = """\
areas = 38
atoms = ["icb", "police", "lep", "upper_tier"]

[population]
min = 500000
max = 3000000

[weights]
inertia = 0.95
need = 0.25

"""
WEIGHTS = (
    ("icb", "health", 0.30),
    ("police", "police", 0.15),
    ("lep", "economy", 0.10),
    ("ttwa", "economy", 0.10),
    ("ceremonial_county", "identity", 0.10),
    ("combined_authority", "identity", 0.10),
)
NEEDS = ("disabled_share", "imd2025_decile")


def build(england: Path, folder: Path, n_blocks: int | None = None) -> None:
    """Write the package and its ``criteria.toml``."""
    lsoas = parquet.read_table(england / "lsoa-2021/lsoa_units.parquet").sort_by("lsoa21_code")
    edges = parquet.read_table(england / "lsoa-2021/lsoa_edges.parquet").to_pydict()
    pieces = Pieces.of(lsoas.to_pydict(), edges, n_blocks or len(lsoas))
    with (england / "2025/memberships.csv").open(encoding="utf-8", newline="") as file:
        districts = [row for row in csv.DictReader(file) if row["geography"] in THROUGH_DISTRICTS]
    folder.mkdir(parents=True, exist_ok=True)
    tables = {
        "blocks": pieces.blocks(),
        "adjacency": pieces.borders(),
        "memberships": pieces.memberships(districts),
    }
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    (folder / "criteria.toml").write_text(criteria(), encoding="utf-8")
    resources = [{"name": name, "path": f"{name}.csv"} for name in tables]
    descriptor = {"name": folder.name, "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(descriptor, indent=1), encoding="utf-8")


def criteria() -> str:
    """The default criteria but for commuters, and with needs that LSOAs have."""
    geographies = [
        f'[[geography]]\nname = "{name}"\nrole = "{role}"\nweight = {weight}\n'
        for name, role, weight in WEIGHTS
    ]
    needs = [f'[[need]]\ncolumn = "{name}"\nweight = 1\n' for name in NEEDS]
    return CRITERIA + "\n".join([*geographies, *needs])


@dataclass(frozen=True, kw_only=True, eq=False)
class Pieces:
    """LSOAs cut in pieces: a whole LSOA is its own one piece."""

    lsoas: dict[str, Any]
    """Columns of the table of LSOAs."""
    first: IntVector
    """The first piece of each LSOA, and one past the last piece of all."""
    pairs: dict[tuple[int, int], str]
    """The kind of each border, by the two pieces that touch, the lower first."""

    @classmethod
    def of(cls, lsoas: dict[str, Any], edges: dict[str, Any], n_pieces: int) -> "Pieces":
        """Cut every LSOA so that there are ``n_pieces`` in all."""
        codes: list[str] = lsoas["lsoa21_code"]
        first: IntVector = np.arange(len(codes) + 1, dtype=np.int64) * n_pieces // len(codes)
        place = {code: number for number, code in enumerate(codes)}
        ends = np.array([[place[code] for code in edges[end]] for end in ("code_a", "code_b")]).T
        ground = np.column_stack([lsoas["easting"], lsoas["northing"]]).astype(np.float64)
        pairs = dict.fromkeys(_fans(first), "land")
        for turn in (0, 1):
            here = _facing(ends, ground, first, turn)
            there = _facing(ends[:, ::-1], ground, first, -turn)
            touching = np.sort(np.column_stack([here, there]), axis=1).tolist()
            for (a, b), kind in zip(touching, edges["kind"], strict=True):
                pairs.setdefault((a, b), kind)
        return cls(lsoas=lsoas, first=first, pairs=pairs)

    def code(self, lsoa: int, piece: int) -> str:
        """A piece's code: that of its LSOA, and a letter where there are several."""
        whole: str = self.lsoas["lsoa21_code"][lsoa]
        letter = chr(ord("a") + piece - self.first[lsoa])
        return whole if self.first[lsoa + 1] - self.first[lsoa] == 1 else whole + letter

    def each(self) -> Iterator[tuple[int, int, int, str]]:
        """LSOA, number within it, how many it has, code: of each piece."""
        for lsoa in range(len(self.first) - 1):
            begin, end = self.first[lsoa : lsoa + 2].tolist()
            for piece in range(begin, end):
                yield lsoa, piece - begin, end - begin, self.code(lsoa, piece)

    def blocks(self) -> Iterator[Sequence[object]]:
        """The table of blocks."""
        yield ("code", "name", "population", "area_km2", "easting", "northing", *NEEDS)
        table = self.lsoas
        for lsoa, number, count, code in self.each():
            residents, area = table["population_census2021"][lsoa], table["area_km2"][lsoa]
            people = residents // count + (number < residents % count)
            turn = np.exp(2j * np.pi * (number + 0.5) / count) if count > 1 else 0
            out = 500 * np.sqrt(area / np.pi) * turn
            yield (
                code,
                f"{table['lsoa21_name'][lsoa]}{code[9:]}",
                people,
                round(area / count, 6),
                round(table["easting"][lsoa] + out.real),
                round(table["northing"][lsoa] + out.imag),
                round(table["disabled_residents_census2021"][lsoa] / residents, 6),
                table["imd2025_decile"][lsoa],
            )

    def borders(self) -> Iterator[Sequence[object]]:
        """The table of borders."""
        codes = [code for *_, code in self.each()]
        yield ("code_a", "code_b", "kind")
        for a, b in sorted(self.pairs):
            yield codes[a], codes[b], self.pairs[a, b]

    def memberships(self, districts: Iterable[dict[str, str]]) -> Iterator[Sequence[object]]:
        """The table of memberships."""
        of_district: dict[str, list[tuple[str, str, str]]] = {}
        for row in districts:
            held = row["geography"], row["area_code"], row["population_share"]
            of_district.setdefault(row["unit_code"], []).append(held)
        yield ("unit_code", "geography", "area_code", "population_share")
        for lsoa, *_, code in self.each():
            district = self.lsoas["lad_code"][lsoa]
            yield code, "district", district, 1
            yield code, "icb", self.lsoas["icb_code"][lsoa], 1
            yield code, "police", self.lsoas["police_code"][lsoa], 1
            for held in of_district[district]:
                yield code, *held


def _fans(first: IntVector) -> Iterator[tuple[int, int]]:
    """Pieces of one LSOA that touch: each the next one, and the first one all."""
    for begin, end in zip(first[:-1].tolist(), first[1:].tolist(), strict=True):
        for piece in range(begin + 1, end):
            yield begin, piece
            if piece + 1 < end:
                yield piece, piece + 1


def _facing(ends: IntMatrix, ground: FloatMatrix, first: IntVector, turn: int) -> IntVector:
    """The piece of each first end that faces the second, or the one ``turn`` further on."""
    here, there = ends.T
    away = ground[there] - ground[here]
    angle = np.arctan2(away[:, 1], away[:, 0]) / (2 * np.pi) % 1.0
    count = np.diff(first)[here]
    number = (np.floor(angle * count).astype(np.int64) + turn) % count
    facing: IntVector = first[here] + number
    return facing


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:]))
