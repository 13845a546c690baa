"""Every pound of a settlement leaves one holder and reaches another."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from math import floor

import pytest
from tests.core.funding.funded_country import SOURCE

from folkmoot.funding.formula import Formula
from folkmoot.funding.settlement import Settlement, settle
from folkmoot.funding.settlement_ledger import (
    CENTRE,
    CONTINGENCY,
    PENDING,
    STABILITY,
    assess,
    held,
    part_held,
    present_holder,
    settlement_ledger,
)
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode, StreamCode
from folkmoot.vocabulary.ledger import RETAINED, SAVINGS, TREASURY, Ledger
from folkmoot.vocabulary.periods import FinancialYear
from folkmoot.vocabulary.places import Places

HEALTH, SKILLS, OPENING = StreamCode("health"), StreamCode("skills"), FinancialYear(2026)

AT_RISK = """
[stream.health]
outcome_share = "0.1"
[stream.health.outcome_weights]
work = "0.5"
pay = "0.5"
"""


@pytest.fixture
def settlement(
    country: Places, rows_plan: AreaPlan, formula_of: Callable[..., Formula]
) -> Settlement:
    lines = "".join(
        f"""
        [[stream.health.line]]
        kind = "{kind}"
        name = "Named"
        year = "2026-27"
        pence = {pence}
        source = {SOURCE}
        """
        for kind, pence in (
            ("admin_saving", 11),
            ("national_top_slice", 13),
            ("contingency", 17),
            ("reinvested_saving", 19),
        )
    )
    return settle(
        rows_plan, country, formula_of(f'[stream.health]\noutcome_share = "0.1"\n{lines}', years=2)
    )


def quanta(settlement: Settlement) -> dict[tuple[FinancialYear, StreamCode], int]:
    return {(one.year, one.stream.code): one.quantum.pence for one in settlement.stream_years}


def test_bodies_and_pots_hold_the_quantum_in_every_stream_and_year(settlement: Settlement) -> None:
    ledger = settlement_ledger(settlement)
    balances = ledger.balances()

    assert held(ledger) == quanta(settlement)
    assert balances[CENTRE] == 0
    assert sum(balances.values()) == 0
    assert (balances[SAVINGS], balances[RETAINED], balances[CONTINGENCY]) == (11 - 19, 13, 17)
    assert ledger.received()[PENDING] == sum(
        pence // 10
        for one in settlement.stream_years
        if one.stream.code == HEALTH
        for pence in one.allocations.closing
    )


def test_the_treasury_appropriates_what_is_published(settlement: Settlement) -> None:
    paid = settlement_ledger(settlement).paid()[TREASURY]

    assert paid == sum(one.quantum.uplifted for one in settlement.stream_years)


def test_what_has_not_vested_stays_with_the_present_commissioner(settlement: Settlement) -> None:
    half_way = date(2026, 10, 1)
    vested = {(area, HEALTH): half_way for area in settlement.areas}
    ledger = settlement_ledger(settlement, vested=vested)
    received = ledger.received()[present_holder(HEALTH)]
    grants = settlement.find(HEALTH, str(OPENING)).allocations.closing
    parts = [Fraction(grant - grant // 10) * 183 / 365 for grant in grants]

    assert abs(received - sum(parts, start=Fraction(0))) < len(grants)
    assert held(ledger) == quanta(settlement)


def test_where_one_area_vests_later_only_its_money_waits(settlement: Settlement) -> None:
    first_of_next = date(2027, 4, 1)
    ledger = settlement_ledger(settlement, vested={(AreaCode("N"), SKILLS): first_of_next})
    waits = {
        entry.reference: entry.pence for entry in ledger.entries if entry.cause == "not yet vested"
    }

    assert waits == {"N": settlement.pence("N", SKILLS, str(OPENING))}
    assert held(ledger) == quanta(settlement)


@pytest.mark.parametrize(
    ("day", "part"),
    [
        (date(2026, 4, 1), Fraction(1)),
        (date(2020, 1, 1), Fraction(1)),
        (date(2027, 3, 31), Fraction(1, 365)),
        (date(2027, 4, 1), Fraction(0)),
        (date(2027, 10, 1), Fraction(0)),
    ],
)
def test_the_part_of_a_year_that_is_held_goes_by_days(day: date, part: Fraction) -> None:
    assert part_held(OPENING, day) == part


def test_outcomes_release_what_waits_or_leave_it_in_the_stream(
    country: Places, rows_plan: AreaPlan, formula_of: Callable[..., Formula]
) -> None:
    settlement = settle(rows_plan, country, formula_of(AT_RISK, years=2))
    attained = {(AreaCode("N"), HEALTH, OPENING): {"work": Fraction(1), "pay": Fraction(1, 2)}}
    found = assess(settlement, attained)
    ledger = settlement_ledger(settlement).plus(
        Ledger.of(entry for one in found for entry in one.entries())
    )
    (of_n,) = [one.share for one in found if (one.area, one.year) == (AreaCode("N"), OPENING)]
    grant = settlement.pence("N", HEALTH, str(OPENING))

    assert {one.stream for one in found} == {HEALTH}
    assert of_n.at_risk == grant // 10
    assert of_n.released == floor(Fraction(of_n.at_risk * 3, 4))
    assert held(ledger) == quanta(settlement)
    assert ledger.balances()[STABILITY] == of_n.stability_pot > 0
    # Nobody else is assessed yet, so all their money waits.
    assert sum(one.share.released for one in found) == of_n.released
