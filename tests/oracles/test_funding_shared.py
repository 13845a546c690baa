"""A whole settlement worked out again from the published tables, with none of our code."""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from pathlib import Path

from pyarrow import parquet

from folkmoot.funding.formula_file import read_formula
from folkmoot.funding.settlement import settle
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode, BlockCode
from folkmoot.vocabulary.places import Places

Amounts = dict[str, Fraction]
QUANTA = {"health": 101_9, "employment": 1_5, "skills": 3_2, "offender": 1_0}
"""Published sums of 2016-17. Unit: £0.1bn."""
TENTH_OF_A_BILLION = 10**10
YEARS = ("2026-27", "2027-28", "2028-29", "2029-30")


class Tables:
    """The published tables, as they are."""

    def __init__(self, folder: Path) -> None:
        self.districts = {row["code"]: row for row in read(folder / "2025/local_authorities.csv")}
        self.ages = {row["code"]: row for row in read(folder / "2025/populations_single_year.csv")}
        self.residents = {code: int(row["population"]) for code, row in self.districts.items()}
        self.indicators: dict[tuple[str, str], dict[str, dict[str, str]]] = defaultdict(dict)
        for row in read(folder / "2025/indicators.csv"):
            if row["area_code"] in self.districts and row["value"]:
                name, area = (row["indicator_id"], row["period"]), row["area_code"]
                self.indicators[name][area] = row
        self.practices = parquet.read_table(
            folder / "funding/gp_practice_weighted_populations.parquet"
        ).to_pylist()

    def aged(self, first: int, last: int) -> dict[str, int]:
        return {
            code: sum(int(row[f"age_{age}"]) for age in range(first, last + 1))
            for code, row in self.ages.items()
        }

    def counted(
        self,
        indicator: str,
        period: str,
        people: dict[str, int],
        rate: Callable[[Fraction], Fraction],
    ) -> Amounts:
        """People of an indicator; a district without one takes its region's rate."""
        rows = self.indicators[indicator, period]
        found = {code: people[code] * rate(Fraction(rows[code]["value"])) for code in rows}
        for code in sorted(set(self.districts) - set(rows)):
            region = self.districts[code]["region_code"]
            near = [one for one in rows if self.districts[one]["region_code"] == region]
            counted = sum((found[one] for one in near), Fraction(0))
            found[code] = people[code] * counted / sum(people[one] for one in near)
        return found

    def numerators(self, indicator: str, period: str) -> Amounts:
        rows = self.indicators[indicator, period]
        return {code: Fraction(row["numerator"]) for code, row in rows.items()}

    def weighted(self, year: str) -> Amounts:
        found: dict[str, Decimal] = defaultdict(Decimal)
        for practice in self.practices:
            if practice["allocation_year"] == year:
                found[practice["lad_code"]] += Decimal(str(practice["wp_core_services_overall"]))
        return {code: Fraction(total) for code, total in found.items()}


def read(path: Path) -> Iterable[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def mixed(parts: Iterable[tuple[str, dict[str, int] | Amounts]], persons: int) -> dict[str, int]:
    """Weighted shares in millionths of a person."""
    shares: Amounts = defaultdict(Fraction)
    for theta, amounts in parts:
        whole = Fraction(sum(amounts.values()))
        for code, amount in amounts.items():
            shares[code] += Fraction(theta) * amount / whole
    return {code: round(share * persons * 10**6) for code, share in shares.items()}


def needs(tables: Tables) -> dict[str, dict[str, int]]:
    """Need in millionths of a person by stream, from the declared profiles."""
    residents, of_age = tables.residents, tables.aged(16, 64)
    everybody = sum(residents.values())

    def per_cent(name: str, period: str) -> Amounts:
        return tables.counted(name, period, of_age, lambda value: value / 100)

    def rate(name: str, period: str, people: dict[str, int]) -> Amounts:
        return tables.counted(name, period, people, lambda value: value)

    claimants = per_cent("claimant-count", "2025-01-01/P1Y")
    unqualified = tables.counted(
        "level-3-or-above-qualifications", "2023-01-01/P1Y", of_age, lambda value: 1 - value / 100
    )
    return {
        "health": {
            code: round(people * 10**6) for code, people in tables.weighted("2026/27").items()
        },
        "employment": mixed(
            [
                ("0.40", claimants),
                ("0.30", rate("iod2025-employment", "2025", of_age)),
                ("0.15", per_cent("economic-inactivity-rate", "2023-01-01/P1Y")),
                ("0.15", tables.numerators("disabled-residents-2021", "2021-03-21")),
            ],
            everybody,
        ),
        "skills": mixed(
            [
                ("0.40", unqualified),
                ("0.35", tables.aged(19, 64)),
                ("0.15", claimants),
                ("0.10", tables.aged(16, 18)),
            ],
            everybody,
        ),
        "offender": mixed(
            [
                ("0.35", rate("health-index-personal-crime", "2021", residents)),
                ("0.25", tables.aged(18, 39)),
                ("0.15", tables.aged(10, 17)),
                ("0.15", rate("health-index-low-level-crime", "2021", residents)),
                ("0.10", rate("iod2025-income", "2025", residents)),
            ],
            everybody,
        ),
    }


def by_area(amounts: dict[str, int], area_of: dict[str, str]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for code, amount in amounts.items():
        found[area_of[code]] += amount
    return dict(sorted(found.items()))


def hamilton(total: int, exact: Amounts) -> dict[str, int]:
    """Round down, then a penny each to the largest remainders, earlier codes first."""
    found = {area: floor(amount) for area, amount in exact.items()}
    order = sorted(exact, key=lambda area: (found[area] - exact[area], area))
    for area in order[: total - sum(found.values())]:
        found[area] += 1
    return found


def year_of(quantum: int, before: dict[str, int], targets: Amounts) -> dict[str, int]:
    """One year: everybody at one level of target, but nobody down by more than 2%."""
    least = {area: ceil(pence * Fraction(98, 100)) for area, pence in before.items()}
    held: set[str] = set()
    while True:
        free = [area for area in targets if area not in held]
        left = quantum - sum(least[area] for area in held)
        level = Fraction(left) / sum(targets[area] for area in free)
        below = {area for area in free if level * targets[area] < least[area]}
        if not below:
            break
        held |= below
    exact = {
        area: Fraction(least[area]) if area in held else level * target
        for area, target in targets.items()
    }
    return hamilton(quantum, exact)


def test_every_grant_of_every_stream_and_year_to_the_penny(
    england_places: Places, shared: Path
) -> None:
    tables = Tables(shared / "england")
    area_of = {code: row["region_code"] for code, row in tables.districts.items()}
    plan = AreaPlan.of({BlockCode(code): AreaCode(area) for code, area in area_of.items()})
    settlement = settle(plan, england_places, read_formula())
    people = by_area(tables.residents, area_of)
    earlier = {code: round(persons * 10**6) for code, persons in tables.weighted("2025/26").items()}

    for stream, need in needs(tables).items():
        quantum = QUANTA[stream] * TENTH_OF_A_BILLION
        now = by_area(need, area_of)
        then = by_area(earlier, area_of) if stream == "health" else now
        targets = {area: Fraction(quantum * n, sum(now.values())) for area, n in now.items()}
        before = hamilton(
            quantum,
            {
                area: quantum
                * (
                    Fraction(3, 4) * Fraction(then[area], sum(then.values()))
                    + Fraction(1, 4) * Fraction(people[area], sum(people.values()))
                )
                for area in targets
            },
        )
        for year in YEARS:
            before = year_of(quantum, before, targets)
            ours = settlement.find(stream, year).allocations.closing
            assert dict(zip(settlement.areas, ours, strict=True)) == before, (stream, year)
