"""Prevention: who pays and who gains, to the penny, and what merging commissioners does."""

from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.parameters.reader import PACKAGED
from folkmoot.services.errors import PreventionError
from folkmoot.services.functions import shipped_functions
from folkmoot.services.holders import Holders
from folkmoot.services.prevention import (
    EXAMPLE,
    Option,
    Pockets,
    Sum,
    pockets,
    prevention,
    read_options,
    unheld_needs,
)
from folkmoot.services.register import register
from folkmoot.vocabulary.areas import AreaPlan
from folkmoot.vocabulary.codes import CommissionerCode, FunctionCode
from folkmoot.vocabulary.criteria import Criteria
from folkmoot.vocabulary.places import Places

FUNCTIONS = [FunctionCode(code) for code in ("care", "clinics", "jobs")]
HOLDERS = [CommissionerCode(code) for code in "abcde"]
BLOCKS = 4

sums = st.builds(
    Sum,
    side=st.sampled_from(["cost", "value"]),
    function=st.sampled_from(FUNCTIONS),
    year=st.integers(1, 4),
    pence=st.integers(0, 10**9),
)
options = st.lists(sums, max_size=8).map(
    lambda found: Option(name="Option", need="Need", sums=tuple(found), is_made_up=True)
)
holdings = st.fixed_dictionaries(
    {function: st.tuples(*[st.sampled_from(HOLDERS)] * BLOCKS) for function in FUNCTIONS}
)
people = st.lists(st.integers(1, 10**6), min_size=BLOCKS, max_size=BLOCKS)


def merged(held: dict[FunctionCode, Holders], one: CommissionerCode) -> dict[FunctionCode, Holders]:
    """Commissioners 'a' and another as one."""
    return {
        function: tuple(HOLDERS[0] if body == one else body for body in bodies)
        for function, bodies in held.items()
    }


@given(options, holdings, holdings, people)
def test_who_holds_what_changes_no_total(
    option: Option,
    before: dict[FunctionCode, Holders],
    after: dict[FunctionCode, Holders],
    residents: list[int],
) -> None:
    for held in (before, after):
        found = pockets(option, held, residents)
        assert found.cost == sum(one.pence for one in option.sums if one.side == "cost")
        assert found.value == sum(one.pence for one in option.sums if one.side == "value")
        assert sum(found.bands.values()) == found.value


@given(options, holdings, people, st.sampled_from(HOLDERS))
def test_merging_commissioners_never_puts_more_in_the_wrong_pocket(
    option: Option,
    held: dict[FunctionCode, Holders],
    residents: list[int],
    other: CommissionerCode,
) -> None:
    apart, together = (pockets(option, one, residents) for one in (held, merged(held, other)))
    assert together.wrong <= apart.wrong


@given(options, holdings, people)
def test_with_one_commissioner_who_pays_nothing_is_in_the_wrong_pocket(
    option: Option, held: dict[FunctionCode, Holders], residents: list[int]
) -> None:
    one_body = dict.fromkeys(held, (HOLDERS[0],) * BLOCKS)
    found = pockets(option, one_body, residents)
    # A cost of a few pence may leave a small place unpaid for: then its value is in no payer's.
    paid = sum(one.pence for one in option.sums if one.side == "cost")
    if paid >= sum(residents):
        assert found.wrong == 0
    if not paid:
        assert found.wrong == found.value


def of(pays: str, gains: str) -> Pockets:
    """A made-up option in two places of 3 and 1 people."""
    option = Option(
        name="Option",
        need="Need",
        is_made_up=True,
        sums=(
            Sum(side="cost", function=FUNCTIONS[0], year=1, pence=400),
            Sum(side="value", function=FUNCTIONS[1], year=2, pence=800),
        ),
    )
    held = {
        FUNCTIONS[0]: tuple(CommissionerCode(one) for one in pays),
        FUNCTIONS[1]: tuple(CommissionerCode(one) for one in gains),
    }
    return pockets(option, held, [3, 1])


def test_a_value_is_in_the_wrong_pocket_where_its_holder_pays_nothing() -> None:
    assert of("aa", "bb").wrong_pocket == 1
    assert of("aa", "aa").wrong_pocket == 0
    # 'b' pays in the second place alone, so what it gains in the first is not its own doing.
    assert of("ab", "bb").wrong_pocket == Fraction(3, 4)


def test_each_commissioner_has_its_own_sign_and_payback() -> None:
    found = {one.commissioner: one for one in of("aa", "ab").pockets}
    assert (found[HOLDERS[0]].net, found[HOLDERS[0]].payback) == (200, 2)
    assert (found[HOLDERS[1]].net, found[HOLDERS[1]].payback) == (200, 1)
    assert of("aa", "bb").pockets[0].payback is None


def test_the_register_puts_the_example_into_fewer_wrong_pockets(
    england_places: Places, england_criteria: Criteria
) -> None:
    blocks = england_places.blocks
    boards = england_places.geographies["icb"].dominant(len(blocks))
    drawn = register(AreaPlan.labelled(blocks.codes, boards), england_places, england_criteria)
    made = read_options(PACKAGED / EXAMPLE, [one.code for one in drawn.functions])
    found = {one.option.name: one.periods for one in prevention(made, drawn)}

    for periods in found.values():
        assert periods["before"].value == periods["after"].value
        assert periods["before"].cost == periods["after"].cost
    release = found["Treatment on release"]
    assert release["before"].wrong_pocket == 1
    assert release["after"].wrong_pocket == 0
    coaches = found["Work coaches in clinics"]
    assert coaches["after"].wrong_pocket == Fraction(4, 5)  # benefits stay at the centre
    assert unheld_needs(made) == ("Cold homes",)
    assert all(one.is_made_up for one in made)


def test_every_fault_of_a_table_is_named(tmp_path: Path) -> None:
    path = tmp_path / "options.csv"
    path.write_text(
        "option,need,side,function,year,pounds,source,state\n"
        "A,N,costs,hospital,1,5,s,seen\n"
        "A,M,value,,0,-5,,sure\n"
        "B,N,cost,hospitals,99,5,s,seen\n",
        encoding="utf-8",
    )
    with pytest.raises(PreventionError) as caught:
        read_options(path, [one.code for one in shipped_functions().functions])
    places = Counter((fault.row, fault.column) for fault in caught.value.faults)
    assert set(places) == {
        *((2, "side"), (3, "need"), (3, "year"), (3, "pounds"), (3, "source"), (3, "state")),
        *((4, "function"), (4, "year"), (3, "function")),
    }
