"""A settlement adds up, begins each year from the last, and carries its labels."""

import pickle
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.funding.funded_country import SOURCE

from folkmoot.funding.baseline import MODELLED
from folkmoot.funding.errors import CellError, InfeasibleError, SplitBlockError
from folkmoot.funding.formula import Formula
from folkmoot.funding.formula_file import read_formula
from folkmoot.funding.settlement import settle
from folkmoot.funding.settlement_record import caveats, certificates, modelled, record
from folkmoot.funding.settlement_tables import (
    DETAIL_COLUMNS,
    SETTLEMENT_COLUMNS,
    STREAM_COLUMNS,
    detail_rows,
    settlement_rows,
    stream_rows,
)
from folkmoot.funding.weighted_population import BY_POPULATION
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode, BlockCode
from folkmoot.vocabulary.places import Places

FormulaOf = Callable[..., Formula]


def test_every_stream_adds_up_to_its_quantum_in_every_year(
    england_places: Places,
) -> None:
    blocks = england_places.blocks.codes
    regions = england_places.blocks.column("region_code")
    plan = AreaPlan.of(
        {block: AreaCode(region) for block, region in zip(blocks, regions, strict=True)}
    )
    settlement = settle(plan, england_places, read_formula())

    assert len(settlement.stream_years) == 16
    for one in settlement.stream_years:
        assert sum(one.allocations.closing) == one.quantum.pence
        assert one.need.basis == ("registered" if one.stream.code == "health" else "counted")
        for pence, least in zip(one.allocations.closing, one.allocations.bounds.lower, strict=True):
            assert pence >= least


@settings(max_examples=20)
@given(labels=st.lists(st.integers(0, 8), min_size=296, max_size=296))
def test_whatever_the_areas_the_money_is_the_same(
    england_places: Places, labels: list[int]
) -> None:
    placed = zip(england_places.blocks.codes, labels, strict=True)
    plan = AreaPlan.of({block: AreaCode(f"A{label}") for block, label in placed})
    formula = read_formula(years=1)
    health = replace(formula, streams=tuple(s for s in formula.streams if s.code == "health"))

    assert sum(settle(plan, england_places, health).stream_years[0].allocations.closing) == (
        10_190_000_000_000
    )


def test_each_year_begins_from_the_last(country: Places, rows_plan: AreaPlan) -> None:
    settlement = settle(rows_plan, country, read_formula())
    health = [one for one in settlement.stream_years if one.stream.code == "health"]

    for before, after in pairwise(health):
        assert after.allocations.baseline == before.allocations.closing


def test_need_of_the_opening_year_holds_throughout_unless_the_stream_says_yearly(
    country: Places, rows_plan: AreaPlan, formula_of: FormulaOf
) -> None:
    text = '[formula]\nopening_year = "2025-26"\n'
    opening = settle(rows_plan, country, formula_of(text, years=2))
    yearly = settle(
        rows_plan,
        country,
        formula_of(text + '[stream.health]\nneed_data = "yearly"\n', years=2),
    )

    assert opening.find("health", "2026-27").need == opening.find("health", "2025-26").need
    assert yearly.find("health", "2026-27").need != yearly.find("health", "2025-26").need


def test_a_country_without_need_data_is_shared_by_population_and_says_so_everywhere(
    bare_country: Places, rows_plan: AreaPlan
) -> None:
    settlement = settle(rows_plan, bare_country, read_formula())

    assert {row[-2] for row in detail_rows(settlement)} == {"by_population"}
    assert all(BY_POPULATION in str(row[7]) for row in stream_rows(settlement))
    assert BY_POPULATION in settlement.labels(settlement.formula.opening_year)
    assert caveats(settlement) == []
    for one in settlement.stream_years:
        assert max(one.allocations.closing) - min(one.allocations.closing) <= 1


def test_no_table_drops_the_label_of_a_modelled_baseline(
    country: Places, rows_plan: AreaPlan
) -> None:
    settlement = settle(rows_plan, country, read_formula())

    assert MODELLED == "modelled baseline, not actual spending"
    assert all(MODELLED in str(row[7]) for row in stream_rows(settlement))
    assert all(MODELLED in str(row[-1]) for row in detail_rows(settlement))
    assert all(MODELLED in str(row[-1]) for row in settlement_rows(settlement))
    assert f"Health: {MODELLED}" in modelled(settlement)
    assert all(MODELLED in one.labels for one in settlement.stream_years)


def test_a_label_that_not_all_streams_carry_names_those_that_do(
    country: Places, rows_plan: AreaPlan
) -> None:
    settlement = settle(rows_plan, country, read_formula())
    labels = settlement.labels(settlement.formula.opening_year)

    assert "2016-17 pounds" in labels
    assert f"{BY_POPULATION} (employment support, offender services, skills)" in labels


def test_spending_opens_a_settlement_without_the_modelled_label(
    country: Places, rows_plan: AreaPlan, formula_of: FormulaOf
) -> None:
    formula = formula_of(
        f"""
        [stream.health]
        baseline = "spend"
        [stream.health.spend]
        geography = "board"
        first_day = 2025-04-01
        source = {SOURCE}
        pence = {{north = 1, middle = 1, south = 2}}
        """,
        years=1,
    )
    one = settle(rows_plan, country, formula).find("health", "2026-27")

    assert one.allocations.opening == (2_547_500_000_000, 2_547_500_000_000, 5_095_000_000_000)
    assert one.labels == ("2016-17 pounds",)


def test_entitlements_are_floors(
    country: Places, rows_plan: AreaPlan, formula_of: FormulaOf
) -> None:
    formula = formula_of(
        f"""
        [bounds]
        floor = "-1"
        [entitlement.visit]
        stream = "health"
        rule = "per_head"
        pence = "1132222.5"
        first_day = 2027-04-01
        source = {SOURCE}
        [entitlement.share]
        stream = "skills"
        rule = "share"
        pence = 100
        profile = "health-core-1"
        first_day = 2026-04-01
        source = {SOURCE}
        """,
        years=2,
    )
    settlement = settle(rows_plan, country, formula)
    before = settlement.find("health", "2026-27").allocations
    after = settlement.find("health", "2027-28").allocations
    shared = settlement.find("skills", "2026-27").allocations

    assert before.entitlements == (0, 0, 0)
    assert after.entitlements == (3_396_667_500_000 // 10,) * 3
    assert min(after.closing) >= after.entitlements[0]
    assert sum(shared.entitlements) == 100


def test_a_settlement_that_cannot_be_says_what_would_fit(
    country: Places, rows_plan: AreaPlan, formula_of: FormulaOf
) -> None:
    formula = formula_of('[bounds]\nfloor = "0.01"\n')

    with pytest.raises(InfeasibleError) as refusal:
        settle(rows_plan, country, formula)
    assert refusal.value.answer.largest_uniform_floor == 0
    assert "'employment' in 2026-27. The floors promise" in str(refusal.value)
    assert "The largest floor that fits everyone is 0.00%" in str(refusal.value)


def test_a_plan_for_other_blocks_is_refused(country: Places) -> None:
    plan = AreaPlan.of({BlockCode("a"): AreaCode("X"), BlockCode("a-east"): AreaCode("X")})

    with pytest.raises(SplitBlockError, match="do not share these blocks: a-east, b, c"):
        settle(plan, country, read_formula())


def test_tables_hold_a_row_for_each_area_stream_and_year(
    country: Places, rows_plan: AreaPlan
) -> None:
    settlement = settle(rows_plan, country, read_formula(years=2))
    rows = [dict(zip(DETAIL_COLUMNS, row, strict=True)) for row in detail_rows(settlement)]
    paid = [dict(zip(SETTLEMENT_COLUMNS, row, strict=True)) for row in settlement_rows(settlement)]
    shared = [dict(zip(STREAM_COLUMNS, row, strict=True)) for row in stream_rows(settlement)]

    assert len(rows) == len(paid) == 3 * 4 * 2
    assert len(shared) == 4 * 2
    assert paid == sorted(paid, key=lambda row: (row["area"], row["stream"], row["year"]))
    health = next(row for row in rows if row["stream"] == "health" and row["area"] == "N")
    assert health["population"] == 300_000
    assert health["weighted_population"] == "306000.750000"
    assert settlement.pence("N", "health", "2026-27") == next(
        row["pence"]
        for row in paid
        if (row["area"], row["stream"], row["year"]) == ("N", "health", "2026-27")
    )


def test_the_record_holds_what_explains_and_proves_the_settlement(
    country: Places, rows_plan: AreaPlan
) -> None:
    settlement = settle(rows_plan, country, read_formula())
    told = record(settlement)

    assert told["published_total"]["rounding_pence"] == 10_000_000_000
    assert told["streams"]["health"]["need"]["basis"] == "registered"
    assert told["inputs"] == dict(sorted(country.sha256.items()))
    assert certificates(settlement)["health"]["2026-27"]["quantum"] == 10_190_000_000_000
    assert settlement.quanta()["health"]["2029-30"] == 10_190_000_000_000
    assert settlement.total(settlement.formula.opening_year) == 10_760_000_000_000


def test_grants_are_by_area_and_stream(country: Places, rows_plan: AreaPlan) -> None:
    settlement = settle(rows_plan, country, read_formula())
    grants = settlement.grants(settlement.formula.opening_year)

    assert list(grants) == ["M", "N", "S"]
    assert sum(sum(streams.values()) for streams in grants.values()) == 10_760_000_000_000


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        (("X", "health", "2026-27"), "area"),
        (("N", "housing", "2026-27"), "stream"),
        (("N", "health", "2035-36"), "year"),
    ],
)
def test_a_cell_that_is_not_there_is_refused_by_name(
    country: Places, rows_plan: AreaPlan, cell: tuple[str, str, str], kind: str
) -> None:
    settlement = settle(rows_plan, country, read_formula())

    with pytest.raises(CellError, match=f"no {kind} '"):
        settlement.pence(*cell)


def test_the_order_of_a_packages_rows_changes_nothing(country: Places, rows_plan: AreaPlan) -> None:
    renamed = AreaPlan.of(
        {
            block: AreaCode("ABC"[at])
            for block, at in zip(rows_plan.blocks, rows_plan.area_of.tolist(), strict=True)
        }
    )
    first = settle(rows_plan, country, read_formula()).stream_years
    second = settle(renamed, country, read_formula()).stream_years

    assert [one.allocations.closing for one in first] == [one.allocations.closing for one in second]


def test_a_settlement_travels_between_processes(country: Places, rows_plan: AreaPlan) -> None:
    settlement = settle(rows_plan, country, read_formula())

    assert pickle.loads(pickle.dumps(settlement)) == settlement  # noqa: S301 - our own bytes


def test_a_share_at_risk_is_named_and_leaves_the_sum_alone(
    country: Places, rows_plan: AreaPlan, formula_of: FormulaOf
) -> None:
    formula = formula_of('[stream.health]\noutcome_share = "0.25"\n', years=1)
    settlement = settle(rows_plan, country, formula)
    rows = [dict(zip(DETAIL_COLUMNS, row, strict=True)) for row in detail_rows(settlement)]
    health = [row for row in rows if row["stream"] == "health"]

    for row, pence in zip(
        health, settlement.find("health", "2026-27").allocations.closing, strict=True
    ):
        assert row["at_risk_pence"] == int(pence * Fraction(1, 4))
