"""Money moves between streams of a grant, never past what is free, and leaves nothing between."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from folkmoot.funding.errors import CellError, VirementError
from folkmoot.funding.formula import Formula
from folkmoot.funding.settlement import Settlement, settle
from folkmoot.funding.settlement_ledger import held, settlement_ledger
from folkmoot.funding.virement import VIREMENT, Virement, free, refusals, vire
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import AreaCode, StreamCode
from folkmoot.vocabulary.periods import FinancialYear
from folkmoot.vocabulary.places import Places

HEALTH, SKILLS, OPENING = StreamCode("health"), StreamCode("skills"), FinancialYear(2026)
N = AreaCode("N")
PROMISED = """
[stream.health]
outcome_share = "0.1"
[entitlement.care]
stream = "health"
rule = "per_head"
pence = 1000
first_day = 2026-04-01
source = {title = "Made up", publisher = "A test", published = 2026-01-01}
"""


@pytest.fixture
def settlement(
    country: Places, rows_plan: AreaPlan, formula_of: Callable[..., Formula]
) -> Settlement:
    return settle(rows_plan, country, formula_of(PROMISED, years=2))


def move(pence: int, **other: object) -> Virement:
    found = Virement(
        area=N,
        year=OPENING,
        from_stream=HEALTH,
        to_stream=SKILLS,
        pence=pence,
        decider="Cabinet of N",
        reason="colleges train nurses",
    )
    return replace(found, **other)  # type: ignore[arg-type]  # a test's own keywords


def test_a_virement_names_who_decided_and_why_and_leaves_nothing_between(
    settlement: Settlement,
) -> None:
    moved = vire(settlement, [move(1234)])
    ledger = settlement_ledger(settlement).plus(moved)

    assert {entry.reference for entry in moved.entries} == {"Cabinet of N: colleges train nurses"}
    assert ledger.balances()[VIREMENT] == 0
    assert moved.sums("stream", "to_holder") == {
        ("health", "virement"): 1234,
        ("skills", "body-N"): 1234,
    }


def test_promises_and_money_at_risk_stay(settlement: Settlement) -> None:
    grant = settlement.pence("N", HEALTH, str(OPENING))
    owed = 1000 * settlement.population[settlement.position("N")]

    assert free(settlement, N, HEALTH, OPENING) == grant - owed - (grant - owed) // 10


def test_moves_out_of_one_grant_count_together(settlement: Settlement) -> None:
    most = free(settlement, N, HEALTH, OPENING)

    assert len(vire(settlement, [move(most - 7), move(7)]).entries) == 4
    (refused,) = refusals(settlement, [move(most - 7), move(8), move(7)])
    assert refused[0] == 1
    assert refused[1].endswith("in 2026-27: £0.07 of it is free to move")


def test_what_comes_in_opens_no_more_room(settlement: Settlement) -> None:
    most = free(settlement, N, SKILLS, OPENING)
    back = move(most + 1, from_stream=SKILLS, to_stream=HEALTH)

    assert refusals(settlement, [move(1000), back])[0][0] == 1


def test_the_formula_s_ratio_caps_what_leaves(
    country: Places, rows_plan: AreaPlan, formula_of: Callable[..., Formula]
) -> None:
    formula = formula_of('[formula]\nvirement_ratio = "0.1"\n', years=1)
    settlement = settle(rows_plan, country, formula)
    grant = settlement.pence("N", HEALTH, str(OPENING))

    assert formula.head.virement_ratio == Fraction(1, 10)
    assert free(settlement, N, HEALTH, OPENING) == grant // 10


def test_every_move_that_may_not_be_is_listed(settlement: Settlement) -> None:
    moves = [
        move(10**15),
        move(5, decider=""),
        move(5, reason=""),
        move(5, to_stream=HEALTH),
        move(0),
        move(5),
    ]
    with pytest.raises(VirementError) as refused:
        vire(settlement, moves)
    said = str(refused.value)

    assert [number for number, _ in refusals(settlement, moves)] == [0, 1, 2, 3, 4]
    assert "1. £10,000,000,000,000.00 cannot leave 'health' of N in 2026-27: £" in said
    assert "2. £0.05 cannot leave 'health' of N: nobody is named who decided" in said
    assert "4. £0.05 cannot leave 'health' of N: it would stay in the same stream." in said
    assert "5. £0.00 cannot leave 'health' of N: a move is more than nothing" in said
    assert "Entitlements and money at risk stay in their stream" in said


def test_a_stream_that_the_settlement_does_not_have_is_refused(settlement: Settlement) -> None:
    with pytest.raises(CellError, match="no stream 'housing'"):
        vire(settlement, [move(5, to_stream=StreamCode("housing"))])


@given(st.lists(st.tuples(st.sampled_from("NMS"), st.integers(1, 10**9)), max_size=8))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_moves_no_pound_is_lost(
    settlement: Settlement, asked: Sequence[tuple[str, int]]
) -> None:
    moves = [move(pence, area=AreaCode(area)) for area, pence in asked]
    ledger = settlement_ledger(settlement).plus(vire(settlement, moves))
    quanta = {(one.year, one.stream.code): one.quantum.pence for one in settlement.stream_years}

    assert held(ledger) == quanta
    assert sum(ledger.balances().values()) == 0
    assert ledger.balances().get(VIREMENT, 0) == 0
