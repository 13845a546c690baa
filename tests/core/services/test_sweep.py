"""The sweep: exactly one accountable body for every function, block and day."""

import pickle
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from timeit import repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.services.entries import Entry
from folkmoot.services.errors import NotRegisteredError, RegisterError, RegisterFault
from folkmoot.services.sweep import register_faults
from folkmoot.vocabulary.codes import BlockCode, CommissionerCode, FunctionCode

START = date(2026, 4, 1)
FUNCTIONS = [FunctionCode("hospital"), FunctionCode("probation")]
BLOCKS = [BlockCode(code) for code in "abc"]


def entry(
    body: str,
    first: date = START,
    last: date | None = None,
    *,
    function: str = "probation",
    blocks: str = "abc",
) -> Entry:
    return Entry(
        function=FunctionCode(function),
        blocks=tuple(BlockCode(code) for code in blocks),
        body=CommissionerCode(body),
        first_day=first,
        last_day=last,
    )


def faults(entries: Sequence[Entry]) -> tuple[RegisterFault, ...]:
    return register_faults(entries, functions=FUNCTIONS, blocks=BLOCKS, first_day=START)


HOSPITAL = entry("board", function="hospital")


def test_a_sound_register_has_no_fault() -> None:
    old, new = entry("service", last=date(2031, 3, 31)), entry("body-A01", date(2031, 4, 1))
    assert faults([HOSPITAL, old, new]) == ()


def test_a_gap_names_the_days_the_blocks_and_the_mend() -> None:
    old, new = entry("service", last=date(2031, 3, 31)), entry("body-A01", date(2031, 7, 1))
    (fault,) = faults([HOSPITAL, old, new])

    assert (fault.kind, fault.function, fault.blocks) == ("gap", "probation", tuple("abc"))
    assert (fault.first_day, fault.last_day) == (date(2031, 4, 1), date(2031, 6, 30))
    assert str(fault) == (
        "Between 1 April 2031 and 30 June 2031 nobody is accountable for 'probation' in "
        "3 block(s) (a, b, c). Residents there would have no commissioner. Move the new body's "
        "vesting day to 1 April 2031, or keep the present one until 30 June 2031."
    )


def test_an_overlap_names_the_bodies() -> None:
    old = entry("service", last=date(2031, 4, 30))
    new = entry("body-A01", date(2031, 4, 1), blocks="ab")
    rest = entry("body-A02", date(2031, 5, 1), blocks="c")
    (fault,) = faults([HOSPITAL, old, new, rest])

    assert (fault.kind, fault.blocks, fault.bodies) == (
        "overlap",
        ("a", "b"),
        ("body-A01", "service"),
    )
    assert (fault.first_day, fault.last_day) == (date(2031, 4, 1), date(2031, 4, 30))
    assert "more than one body is accountable" in str(fault)


def test_a_gap_may_last_for_ever() -> None:
    (fault,) = faults([HOSPITAL, entry("service", last=date(2031, 3, 31))])

    assert (fault.first_day, fault.last_day) == (date(2031, 4, 1), None)
    assert "and ever after" in str(fault)


def test_a_function_that_nobody_holds_is_a_gap_from_the_first_day() -> None:
    (fault,) = faults([HOSPITAL])
    assert (fault.first_day, fault.last_day, fault.blocks) == (START, None, tuple("abc"))


def test_days_before_the_register_and_other_roles_do_not_count() -> None:
    early = entry("service", date(2000, 1, 1), date(2020, 1, 1))
    helper = replace(entry("board"), role="delegated")
    assert faults([HOSPITAL, early, helper, entry("service", date(1990, 1, 1))]) == ()


@pytest.mark.parametrize(("function", "blocks"), [("prisons", "a"), ("probation", "az")])
def test_an_entry_for_what_the_register_does_not_hold_is_refused(
    function: str, blocks: str
) -> None:
    with pytest.raises(NotRegisteredError, match="The register holds no"):
        faults([entry("service", function=function, blocks=blocks)])


def test_a_register_error_lists_every_fault_and_survives_pickling() -> None:
    error = RegisterError(faults([]))
    assert "has 2 fault(s)" in str(error)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301 - our own bytes


days = st.integers(0, 400).map(lambda n: START + timedelta(days=n))


@st.composite
def drafts(draw: st.DrawFn) -> list[Entry]:
    found = []
    for _ in range(draw(st.integers(0, 8))):
        one, other = sorted((draw(days), draw(days)))
        found.append(
            entry(
                draw(st.sampled_from(("x", "y", "z"))),
                one,
                draw(st.none() | st.just(other)),
                function=draw(st.sampled_from(FUNCTIONS)),
                blocks="".join(draw(st.sets(st.sampled_from("abc"), min_size=1))),
            )
        )
    return found


def holding(entries: Sequence[Entry], function: str, block: str, day: date) -> list[str]:
    return sorted(
        one.body
        for one in entries
        if one.function == function and block in one.blocks and one.holds_on(day)
    )


@given(drafts())
def test_the_faults_are_exactly_the_days_without_one_body(entries: list[Entry]) -> None:
    found = faults(entries)
    for function in FUNCTIONS:
        for block in BLOCKS:
            told = [
                fault for fault in found if fault.function == function and block in fault.blocks
            ]
            for n in range(0, 402, 3):
                day = START + timedelta(days=n)
                bodies = holding(entries, function, block, day)
                here = [
                    fault
                    for fault in told
                    if fault.first_day <= day and (fault.last_day is None or day <= fault.last_day)
                ]
                assert len(here) == (len(bodies) != 1)
                assert all(list(fault.bodies) == bodies for fault in here)


@given(drafts(), st.data())
def test_splitting_an_entry_into_two_adjacent_ones_changes_nothing(
    entries: list[Entry], data: st.DataObject
) -> None:
    long = [one for one in entries if one.last_day is None or one.last_day > one.first_day]
    if not long:
        return
    whole = data.draw(st.sampled_from(long))
    length = 500 if whole.last_day is None else (whole.last_day - whole.first_day).days
    middle = whole.first_day + timedelta(days=data.draw(st.integers(1, length)))
    rest = list(entries)
    rest.remove(whole)
    parts = [replace(whole, last_day=middle - timedelta(days=1)), replace(whole, first_day=middle)]

    assert faults([*rest, *parts]) == faults(entries)


@given(drafts(), st.randoms(use_true_random=False))
def test_the_order_of_entries_changes_nothing(entries: list[Entry], rng: object) -> None:
    shuffled = list(entries)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis's own Random
    assert faults(shuffled) == faults(entries)


def test_sixty_functions_in_296_blocks_with_twelve_entries_each_take_half_a_second() -> None:
    functions = [FunctionCode(f"f{n:02d}") for n in range(60)]
    blocks = [BlockCode(f"E{n:03d}") for n in range(296)]
    starts = [date(2026 + n, 4, 1) for n in range(12)]
    entries = [
        Entry(
            function=function,
            blocks=(block,),
            body=CommissionerCode(f"body-{n}"),
            first_day=first,
            last_day=None if n == 11 else starts[n + 1] - timedelta(days=1),
        )
        for function in functions
        for block in blocks
        for n, first in enumerate(starts)
    ]

    def sweep() -> tuple[RegisterFault, ...]:
        return register_faults(entries, functions=functions, blocks=blocks, first_day=starts[0])

    assert sweep() == ()
    best = min(repeat(sweep, number=1, repeat=3))
    assert best < 2 * 0.5, "twice the goal, for a machine that is busy"
