"""Every pound of a settlement leaves one holder and reaches another."""

from collections.abc import Callable
from fractions import Fraction

import pytest
from tests.core.funding.funded_country import SOURCE

from folkmoot.funding.errors import VirementError
from folkmoot.funding.formula import Formula
from folkmoot.funding.outcome_share import outcome_share
from folkmoot.funding.settlement import Settlement, settle
from folkmoot.funding.settlement_ledger import (
    CENTRE,
    CONTINGENCY,
    PENDING,
    STABILITY,
    VIREMENT,
    Virement,
    assessed,
    held,
    present_holder,
    settlement_ledger,
    vire,
)
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode, StreamCode
from folkmoot.vocabulary.ledger import RETAINED, SAVINGS, TREASURY, Ledger
from folkmoot.vocabulary.periods import FinancialYear
from folkmoot.vocabulary.places import Places

HEALTH, SKILLS, OPENING = StreamCode("health"), StreamCode("skills"), FinancialYear(2026)


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
    ledger = settlement_ledger(settlement, vested={(HEALTH, OPENING): Fraction(1, 2)})
    received = ledger.received()[present_holder(HEALTH)]
    grants = settlement.find(HEALTH, str(OPENING)).allocations.closing

    assert received == sum((grant - grant // 10) // 2 for grant in grants)
    assert held(ledger) == quanta(settlement)


def test_outcomes_release_what_waits_or_leave_it_in_the_stream(settlement: Settlement) -> None:
    grant = settlement.pence("N", HEALTH, str(OPENING))
    found = outcome_share(
        grant,
        area="N",
        entitlement=0,
        share=Fraction(1, 10),
        weights={"work": Fraction(1)},
        attainments={"work": Fraction(3, 4)},
    )
    entries = assessed(found, area=AreaCode("N"), stream=HEALTH, year=OPENING)
    ledger = settlement_ledger(settlement).plus(Ledger.of(entries))

    assert held(ledger) == quanta(settlement)
    assert ledger.balances()[STABILITY] == found.stability_pot > 0


def virement(pence: int, *, decider: str = "Cabinet of N", to: StreamCode = SKILLS) -> Virement:
    return Virement(
        area=AreaCode("N"),
        year=OPENING,
        from_stream=HEALTH,
        to_stream=to,
        pence=pence,
        decider=decider,
        reason="colleges train nurses",
    )


def test_a_virement_names_who_decided_and_why_and_leaves_nothing_between(
    settlement: Settlement,
) -> None:
    moved = vire(settlement, virement(1234))
    ledger = settlement_ledger(settlement).plus(moved)

    assert {entry.reference for entry in moved.entries} == {"Cabinet of N: colleges train nurses"}
    assert ledger.balances()[VIREMENT] == 0
    assert held(ledger) == quanta(settlement)


def test_a_virement_past_what_is_free_is_refused(settlement: Settlement) -> None:
    grant = settlement.pence("N", HEALTH, str(OPENING))
    free = grant - grant // 10

    assert vire(settlement, virement(free)).entries
    for refused in (virement(free + 1), virement(5, decider=""), virement(5, to=HEALTH)):
        with pytest.raises(VirementError, match="up to £"):
            vire(settlement, refused)
    with pytest.raises(VirementError):
        vire(settlement, virement(grant // 9), most=Fraction(1, 10))
