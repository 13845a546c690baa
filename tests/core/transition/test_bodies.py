"""Bodies, leaders and cabinets: each rule has a fault that names it, and only that one."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.transition.bodies import (
    Body,
    JointOutcome,
    Leader,
    Portfolio,
    check_cabinets,
    check_cover,
    check_leaders,
    joint_warnings,
    leader_faults,
)
from folkmoot.transition.errors import BodyError, CabinetError, CoverError, LeaderError
from folkmoot.vocabulary.codes import BlockCode, CommissionerCode, FunctionCode

START = date(2030, 4, 1)
SKILLS, PROBATION = FunctionCode("skills"), FunctionCode("probation")


def codes(*names: str) -> tuple[BlockCode, ...]:
    return tuple(BlockCode(name) for name in names)


def unitary(code: str, *blocks: str, first: date = START, last: date | None = None) -> Body:
    return Body(
        code=CommissionerCode(code),
        name=code.title(),
        kind="unitary",
        blocks=codes(*blocks),
        constituents={code: codes(*blocks)},
        first_day=first,
        last_day=last,
    )


def leader(body: str, first: date = START, last: date | None = None) -> Leader:
    return Leader(
        body=CommissionerCode(body),
        kind="council_leader",
        holder_title="Leader of the council",
        first_day=first,
        last_day=last,
    )


def portfolio(code: str, *programmes: FunctionCode, held_by: str = "councillor") -> Portfolio:
    return Portfolio(
        code=code,
        body=CommissionerCode("cornwall"),
        title=code,
        programmes=programmes,
        first_day=START,
        held_by=held_by,
    )


CORNWALL = unitary("cornwall", "E1")


def test_a_unitary_body_with_a_council_leader_is_valid() -> None:
    check_cover([CORNWALL], codes("E1"), START)
    check_leaders([CORNWALL], [leader("cornwall")])


def test_two_councils_do_not_form_a_unitary_body() -> None:
    with pytest.raises(BodyError) as caught:
        replace(
            CORNWALL,
            blocks=codes("E1", "E2"),
            constituents={"one": codes("E1"), "two": codes("E2")},
        )

    assert (
        "A unitary body has one council; this one has 2. Use 'combined_authority', or merge the "
        "councils first." in str(caught.value)
    )


def test_everything_wrong_with_a_body_is_told_at_once() -> None:
    with pytest.raises(BodyError) as caught:
        replace(
            CORNWALL,
            kind="combined_authority",
            blocks=codes("E1", "E2"),
            offices=("audit",),
            last_day=START - timedelta(days=1),
        )

    assert [fault.column for fault in caught.value.faults] == [
        *("constituents", "blocks", "last_day", "offices")
    ]


def test_a_block_in_no_body_and_one_in_two_are_named_with_their_days() -> None:
    other = unitary("devon", "E1", "E2", first=date(2032, 4, 1))
    with pytest.raises(CoverError) as caught:
        check_cover([CORNWALL, other], codes("E1", "E2"), START)

    assert [fault.problem for fault in caught.value.faults] == [
        "from 2030-04-01 to 2032-03-31 E2 is in no body.",
        "from 2032-04-01 on E1 is in more than one body: cornwall, devon.",
    ]


def test_before_full_cover_a_block_may_stand_alone() -> None:
    check_cover([CORNWALL], codes("E1"), START + timedelta(days=30))
    late = unitary("devon", "E2", first=date(2032, 4, 1))
    check_cover([CORNWALL, late], codes("E1", "E2"), date(2032, 4, 1))


days = st.dates(date(2030, 4, 2), date(2050, 1, 1))


@given(days)
def test_a_successor_from_the_next_day_on_leaves_cover_whole(day: date) -> None:
    old = replace(CORNWALL, last_day=day)
    new = unitary("kernow", "E1", first=day + timedelta(days=1))
    check_cover([old, new], codes("E1"), START)
    check_leaders(
        [old, new],
        [leader("cornwall", START, day), leader("kernow", day + timedelta(days=1))],
    )


@given(st.lists(st.tuples(days, st.integers(0, 4000)), max_size=5), st.randoms())
def test_the_order_of_leaders_changes_no_fault(
    terms: list[tuple[date, int]], rng: random.Random
) -> None:
    given_leaders = [
        leader("cornwall", first, first + timedelta(days=length)) for first, length in terms
    ]
    shuffled = list(given_leaders)
    rng.shuffle(shuffled)

    assert list(leader_faults([CORNWALL], shuffled)) == list(
        leader_faults([CORNWALL], given_leaders)
    )


@given(st.lists(st.tuples(days, st.integers(0, 4000)), min_size=1, max_size=4), days)
def test_a_fault_of_leaders_is_told_exactly_on_the_days_without_one(
    terms: list[tuple[date, int]], day: date
) -> None:
    spans = [(first, first + timedelta(days=length)) for first, length in terms]
    faults = [
        str(f.problem)
        for f in leader_faults([CORNWALL], [leader("cornwall", *span) for span in spans])
    ]
    count = sum(first <= day <= last for first, last in spans)
    told = False
    for problem in faults:
        found = [
            date.fromisoformat(word)
            for word in problem.replace(".", "").split()
            if word[:2] == "20"
        ]
        last = found[1] if len(found) > 1 else found[0] if " on 2" in problem else date.max
        told |= found[0] <= day <= last

    assert told == (count != 1)


def test_a_body_without_a_leader_and_a_leader_without_a_body_are_named() -> None:
    with pytest.raises(LeaderError) as caught:
        check_leaders([CORNWALL], [leader("devon")])

    assert [fault.problem for fault in caught.value.faults] == [
        "'cornwall' has no leader from 2030-04-01 on.",
        "'devon' is no body.",
    ]


def test_removing_one_portfolio_gives_exactly_its_fault() -> None:
    cabinet = [portfolio("work", SKILLS), portfolio("justice", PROBATION)]
    held = {CORNWALL.code: [SKILLS, PROBATION]}
    check_cabinets([CORNWALL], cabinet, held, START)

    with pytest.raises(CabinetError) as caught:
        check_cabinets([CORNWALL], cabinet[:1], held, START)
    assert [fault.problem for fault in caught.value.faults] == [
        "'probation' of 'cornwall' is in no portfolio on 2030-04-01."
    ]


def test_a_cabinet_is_not_larger_than_the_limit_and_every_member_is_elected() -> None:
    cabinet = [portfolio(f"p{n}", held_by="councillor") for n in range(10)]
    cabinet.append(portfolio("x", SKILLS, held_by="official"))
    with pytest.raises(CabinetError) as caught:
        check_cabinets([CORNWALL], cabinet, {CORNWALL.code: [SKILLS]}, START)

    told = str(caught.value)
    assert "has 11 members on 2030-04-01, the leader included; the limit is 10" in told
    assert "portfolio 'x' is held by 'official', who is not elected" in told
    assert len(caught.value.faults) == 2


def test_an_outcome_that_portfolios_share_needs_an_owner() -> None:
    cabinet = [portfolio("work", SKILLS), portfolio("justice", PROBATION)]
    shared = JointOutcome(name="fewer return to prison", programmes=(SKILLS, PROBATION))

    assert "fewer return to prison" in joint_warnings(cabinet, [shared])[0]
    assert joint_warnings(cabinet, [replace(shared, owner="justice")]) == ()
