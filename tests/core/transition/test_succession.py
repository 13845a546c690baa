"""Successions: nobody is left without a commissioner, no penny is lost, all can be undone."""

import csv
import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import small_country

from folkmoot.readers.criteria import read_criteria
from folkmoot.readers.places import read_places
from folkmoot.readers.tables import Faults, parse_table
from folkmoot.services.entries import Entry
from folkmoot.services.functions import ByBody, Function, shipped_functions
from folkmoot.services.register import Register, check_register, register
from folkmoot.services.tables import PERIODS
from folkmoot.transition.bodies import Body
from folkmoot.transition.errors import RetainedFunctionError, SuccessionError
from folkmoot.transition.inputs import read_successions
from folkmoot.transition.phases import shipped_phases
from folkmoot.transition.succession import (
    Succession,
    apply,
    remainder,
    successions_of,
    today,
    undo,
    wound_up,
    year_by_holder,
)
from folkmoot.transition.tables import SUCCESSION_COLUMNS, succession_rows
from folkmoot.transition.timetable import Timetable
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.bodies import Commissioner
from folkmoot.vocabulary.codes import AreaCode, BlockCode, CommissionerCode, FunctionCode
from folkmoot.vocabulary.periods import FinancialYear

SINCE, VESTS = date(2021, 6, 26), date(2031, 4, 1)
BLOCKS = tuple(BlockCode(f"b{n}") for n in range(4))
PROBATION, SKILLS = FunctionCode("probation"), FunctionCode("skills")
OLD, NEW, OTHER = (CommissionerCode(name) for name in ("service", "body-A01", "body-A02"))


def function(code: FunctionCode) -> Function:
    shipped = shipped_functions().functions[0]
    return replace(shipped, code=code, name=code, before=ByBody(body=OLD), delegated=None)


def entry(code: FunctionCode, **given: object) -> Entry:
    held = Entry(function=code, blocks=BLOCKS, body=OLD, first_day=SINCE, instrument="as today")
    return replace(held, **given)  # type: ignore[arg-type]  # fields by name


TODAY = Register(
    first_day=SINCE,
    blocks=BLOCKS,
    populations=(10, 20, 30, 40),
    functions=(function(PROBATION), function(SKILLS)),
    vesting={},
    commissioners={
        code: Commissioner(code=code, name=code, kind="body" if code != OLD else "national")
        for code in (OLD, NEW, OTHER)
    },
    entries=(entry(PROBATION), entry(SKILLS)),
)


def passing(*blocks: BlockCode, **given: object) -> Succession:
    one = Succession(
        function=PROBATION, blocks=blocks, from_body=OLD, to_body=NEW, vesting_day=VESTS
    )
    return replace(one, **given)  # type: ignore[arg-type]  # fields by name


def test_the_worked_example_of_probation_in_three_districts() -> None:
    after = apply(TODAY, [passing(*BLOCKS[:3])])
    eve = VESTS - timedelta(days=1)

    assert eve == date(2031, 3, 31)
    assert [after.who_commissions(PROBATION, BLOCKS[0], day) for day in (eve, VESTS)] == [OLD, NEW]
    assert after.who_commissions(PROBATION, BLOCKS[3], VESTS) == OLD
    money = dict.fromkeys(BLOCKS[:3], 1_000)
    assert year_by_holder(after, PROBATION, FinancialYear(2030), money) == {OLD: 3_000}
    assert year_by_holder(after, PROBATION, FinancialYear(2031), money) == {NEW: 3_000}
    check_register(after)


Drawn = tuple[FunctionCode, set[BlockCode], CommissionerCode, date]

chosen = st.lists(
    st.tuples(
        st.sampled_from((PROBATION, SKILLS)),
        st.sets(st.sampled_from(BLOCKS), min_size=1),
        st.sampled_from((NEW, OTHER)),
        st.dates(date(2022, 1, 1), date(2040, 1, 1)),
    ),
    max_size=4,
)


def sound(drawn: list[Drawn]) -> list[Succession]:
    """Successions that can be applied: each block of a function passes once."""
    gone: set[tuple[FunctionCode, BlockCode]] = set()
    found = []
    for code, where, body, day in drawn:
        blocks = tuple(sorted(b for b in where if (code, b) not in gone))
        gone |= {(code, block) for block in blocks}
        if blocks:
            found.append(
                passing(*blocks, function=code, to_body=body, vesting_day=day, reason="a test")
            )
    return found


@given(chosen)
def test_a_register_without_gap_or_overlap_stays_so(drawn: list[Drawn]) -> None:
    check_register(apply(TODAY, sound(drawn)))


@given(chosen)
def test_undone_the_register_is_as_it_was(drawn: list[Drawn]) -> None:
    found = sound(drawn)
    assert undo(apply(TODAY, found), found).entries == apply(TODAY, []).entries


@given(chosen)
def test_successions_commute(drawn: list[Drawn]) -> None:
    found = sound(drawn)
    one_by_one = TODAY
    for one in reversed(found):
        one_by_one = apply(one_by_one, [one])

    assert one_by_one.entries == apply(TODAY, found).entries


@given(chosen, st.integers(2021, 2041), st.lists(st.integers(0, 10**12), min_size=4, max_size=4))
def test_each_year_the_holders_share_all_of_the_money(
    drawn: list[Drawn],
    year: int,
    pence: list[int],
) -> None:
    after = apply(TODAY, sound(drawn))
    money = dict(zip(BLOCKS, pence, strict=True))
    first = FinancialYear(max(year, 2022))

    assert sum(year_by_holder(after, PROBATION, first, money).values()) == sum(pence)


def test_in_the_middle_of_a_year_money_is_split_by_days() -> None:
    after = apply(TODAY, [passing(*BLOCKS, vesting_day=date(2031, 5, 1), reason="the poll")])
    money = year_by_holder(after, PROBATION, FinancialYear(2031), {BLOCKS[0]: 366})

    assert money == {OLD: 30, NEW: 336}  # 30 days of April; 2031-32 has 366


def test_a_body_is_wound_up_on_the_first_day_without_a_function() -> None:
    half = apply(TODAY, [passing(*BLOCKS)])
    assert wound_up(half, OLD) is None
    assert remainder(half, OLD, VESTS) == {SKILLS: BLOCKS}

    whole = apply(half, [passing(*BLOCKS, function=SKILLS, vesting_day=date(2033, 4, 1))])
    assert wound_up(whole, OLD) == date(2033, 4, 1)
    assert remainder(whole, OLD, date(2033, 4, 1)) == {}
    assert wound_up(whole, OTHER) is None


BODY = Body(
    code=NEW,
    name="A01",
    kind="unitary",
    blocks=BLOCKS,
    constituents={"A01": BLOCKS},
    first_day=date(2032, 1, 1),
)


@pytest.mark.parametrize(
    ("wrong", "kind"),
    [
        (passing(*BLOCKS, function=FunctionCode("probatoin")), "unknown"),
        (passing(BlockCode("b9")), "unknown"),
        (passing(*BLOCKS, to_body=CommissionerCode("body-A09")), "unknown_body"),
        (passing(*BLOCKS, from_body=OTHER), "not_held"),
        (passing(*BLOCKS, vesting_day=date(2031, 5, 1)), "day"),
        (passing(*BLOCKS, vesting_day=date(2020, 4, 1)), "day"),
    ],
)
def test_each_fault_is_named(wrong: Succession, kind: str) -> None:
    with pytest.raises(SuccessionError) as caught:
        apply(TODAY, [wrong])
    assert kind in {fault.kind for fault in caught.value.faults}


def test_a_function_cannot_pass_to_a_body_before_it_begins() -> None:
    with pytest.raises(SuccessionError, match="begins on 2032-01-01, after 2031-04-01"):
        apply(TODAY, [passing(*BLOCKS)], bodies={NEW: BODY})


def test_a_block_passes_once_a_day_and_every_fault_is_told() -> None:
    with pytest.raises(SuccessionError) as caught:
        apply(
            TODAY,
            [passing(*BLOCKS), passing(BLOCKS[1], to_body=OTHER), passing(BlockCode("b9"))],
        )
    assert [fault.kind for fault in caught.value.faults] == ["unknown", "overlap", "not_held"]


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Register:
    """The register of a plan of the small country."""
    folder = tmp_path_factory.mktemp("country")
    places = read_places(small_country.write(folder))
    criteria = read_criteria(small_country.write_criteria(folder), places)
    pairs = zip(small_country.CODES, "xxxyyyzzz", strict=True)
    plan = AreaPlan.of({BlockCode(block): AreaCode(area) for block, area in pairs})
    return register(plan, places, criteria)


def test_a_plan_s_register_is_what_its_successions_make_of_today(planned: Register) -> None:
    made = apply(today(planned), successions_of(planned))

    check_register(made)
    for period in PERIODS:
        day = planned.day(period)
        for one in planned.functions:
            for block in planned.blocks:
                assert made.who_commissions(one.code, block, day) == planned.who_commissions(
                    one.code, block, day
                )


def test_the_successions_of_a_plan_can_be_kept_on_as_a_table(planned: Register) -> None:
    dated = Timetable.of(
        shipped_phases().tasks_for([AreaCode(a) for a in "xyz"]), shipped_phases().start_day
    )
    text = io.StringIO(newline="")
    csv.writer(text).writerows([SUCCESSION_COLUMNS, *succession_rows(planned, dated)])
    faults = Faults()
    table = parse_table(text.getvalue(), "successions.csv", faults)
    assert table is not None
    read = [one.value for one in read_successions(table)]

    assert faults.found == []
    assert len(read) > len(planned.functions)
    check_register(apply(today(planned), read))


def test_what_the_test_retains_does_not_pass(planned: Register) -> None:
    base = today(planned)
    kept = next(c for c, result in planned.results.items() if result.strongest == "retain")
    block = base.blocks[0]
    asked = Succession(
        function=kept,
        blocks=(block,),
        from_body=base.who_commissions(kept, block, base.first_day),
        to_body=CommissionerCode("body-x"),
        vesting_day=VESTS,
    )
    with pytest.raises(RetainedFunctionError, match="the devolution test keeps it at the centre"):
        apply(base, [asked])
