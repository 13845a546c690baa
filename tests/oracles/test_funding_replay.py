"""The real years 2023/24 to 2028/29, through the merger of 42 health boards into 36."""

from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import pytest
from pyarrow import parquet

from folkmoot.funding.allocation import Allocations, allocate
from folkmoot.funding.boundary import Crosswalk
from folkmoot.funding.bounds import BoundsRule
from folkmoot.vocabulary.codes import HolderCode, StreamCode
from folkmoot.vocabulary.ledger import Entry, Ledger
from folkmoot.vocabulary.money import apportion
from folkmoot.vocabulary.periods import FinancialYear

QUANTUM = 10_190_000_000_000
"""The published sum of 2016-17 in every year, as the shipped formula has it. Unit: pence."""
MERGER = "2026/27"
HEALTH = StreamCode("health")


class Boards:
    """Each year's boards by practice, with their need and patients, as published."""

    def __init__(self, folder: Path) -> None:
        self.board: dict[str, dict[str, str]] = defaultdict(dict)
        self.need: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        self.patients: dict[str, dict[str, int]] = defaultdict(dict)
        path = folder / "england/funding/gp_practice_weighted_populations.parquet"
        for row in parquet.read_table(path).to_pylist():
            year, practice, board = (
                row[name] for name in ("allocation_year", "practice_code", "icb_ods_code")
            )
            self.board[year][practice] = board
            self.need[year][board] += round(Fraction(str(row["wp_core_services_overall"])) * 10**6)
            self.patients[year][practice] = round(
                Fraction(str(row["registered_population"])) * 1000
            )

    def crosswalk(self, before: str, after: str) -> Crosswalk:
        """By the patients of the practices that stand in both years."""
        both = sorted(set(self.board[before]) & set(self.board[after]))
        return Crosswalk.of(
            {one: self.board[before][one] for one in both},
            {one: self.board[after][one] for one in both},
            {one: self.patients[after][one] for one in both},
        )


@pytest.fixture(scope="module")
def boards(shared: Path) -> Boards:
    return Boards(shared)


def test_six_years_are_replayed_through_the_merger_without_losing_a_penny(boards: Boards) -> None:
    rule = BoundsRule(floor=Fraction(-2, 100))
    years = sorted(boards.board)
    codes = sorted(boards.need[years[0]])
    opening = apportion(QUANTUM, [boards.need[years[0]][code] for code in codes])
    held = dict(zip(codes, opening, strict=True))
    entries: list[Entry] = []
    for before, year in zip([years[0], *years], years, strict=False):
        walk = boards.crosswalk(before, year)
        sums = [held[code] for code in walk.old]
        begins = FinancialYear.parse(year)
        entries += walk.entries(sums, stream=HEALTH, year=begins, reference="boards merged")
        moved = walk.moved(sums)
        found = allocate(
            QUANTUM,
            codes=walk.new,
            need=[boards.need[year][code] for code in walk.new],
            baseline=moved,
            entitlements=[0] * len(walk.new),
            rule=rule,
        )

        assert sum(moved) == QUANTUM
        assert isinstance(found, Allocations)
        assert sum(found.closing) == QUANTUM
        assert all(
            now >= had * (1 + rule.floor) for now, had in zip(found.closing, moved, strict=True)
        )
        held = dict(zip(walk.new, found.closing, strict=True))

    ledger = Ledger.of(entries)
    assert years == ["2023/24", "2024/25", "2025/26", "2026/27", "2027/28", "2028/29"]
    assert [len(set(boards.board[year].values())) for year in years] == [42, 42, 42, 36, 36, 36]
    assert {str(entry.year) for entry in ledger.entries} >= {"2026-27"}
    assert sum(ledger.balances().values()) == 0


def test_the_ledger_of_the_merger_moves_what_each_old_board_had_to_its_heirs(
    boards: Boards,
) -> None:
    walk = boards.crosswalk("2025/26", MERGER)
    sums = [boards.need["2025/26"][code] for code in walk.old]
    lines = Ledger.of(
        walk.entries(sums, stream=HEALTH, year=FinancialYear(2026), reference="boards merged")
    )
    gone = sorted(set(walk.old) - set(walk.new))

    assert (len(walk.old), len(walk.new)) == (42, 36)
    for code in gone:
        assert lines.paid()[HolderCode(f"body-{code}")] == sums[walk.old.index(code)]
    stayed = dict(zip(walk.new, walk.moved(sums), strict=True))
    for code, pence in stayed.items():
        had = sums[walk.old.index(code)] if code in walk.old else 0
        assert pence == had + lines.balances().get(HolderCode(f"body-{code}"), 0)


def test_the_published_table_of_the_merger_agrees_with_the_practices(
    boards: Boards, shared: Path
) -> None:
    """Which new board holds each old one, as published beside the practices."""
    text = (shared / "england/funding/icb_2025_to_2026.csv").read_text(encoding="utf-8")
    published = {tuple(line.split(",")[:2]) for line in text.splitlines()[1:]}
    walk = boards.crosswalk("2025/26", MERGER)
    found = {
        (old, new)
        for old, row in zip(walk.old, walk.residents, strict=True)
        for new, people in zip(walk.new, row, strict=True)
        if people
    }

    assert found == published
