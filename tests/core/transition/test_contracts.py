"""Contracts, posts and assets: each goes somewhere, once, and no penny is lost."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.transition.contracts import CENTRE, Contract, Disposed, dispose, dispose_all
from folkmoot.transition.errors import ContractError, StaffError
from folkmoot.transition.receivers import Receivers
from folkmoot.transition.staff import Asset, Posts, transfer_assets, transfer_posts
from folkmoot.vocabulary.codes import AreaCode, BlockCode, CommissionerCode, FunctionCode
from folkmoot.vocabulary.periods import FinancialYear

PROBATION, PRISONS, SKILLS = map(FunctionCode, ("probation", "prisons", "skills"))
BLOCKS = tuple(map(BlockCode, ("b1", "b2", "b3")))
AREAS = tuple(map(AreaCode, ("A01", "A02", "A03")))
VESTS = date(2036, 4, 1)
YEAR = FinancialYear(2036)
RECEIVERS = Receivers(
    area_of=dict(zip(BLOCKS, AREAS, strict=True)),
    people=dict(zip(BLOCKS, (100, 200, 300), strict=True)),
    vesting={PROBATION: VESTS, PRISONS: date(2042, 4, 1), SKILLS: date(2031, 4, 1)},
    retained=frozenset({PRISONS}),
)


def contract(**given: object) -> Contract:
    one = Contract(
        code="c",
        provider="a charity",
        sector="voluntary",
        functions={PROBATION: 1},
        blocks={BLOCKS[0]: 1, BLOCKS[1]: 1},
        remaining={YEAR: 1_000_001},
        first_day=date(2034, 4, 1),
        last_day=date(2040, 3, 31),
    )
    return replace(one, **given)  # type: ignore[arg-type]  # fields by name


def by_body(found: Disposed) -> dict[str, int]:
    return {part.body: part.total for part in found.parts}


def test_a_severable_contract_splits_and_the_odd_penny_goes_to_the_earlier_code() -> None:
    found = dispose(contract(is_severable=True), RECEIVERS)

    assert (found.disposition, found.holder) == ("splits", None)
    assert by_body(found) == {"body-A01": 500_001, "body-A02": 500_000}


def test_the_first_disposition_that_fits_is_taken() -> None:
    told = {
        "stays": contract(functions={PRISONS: 1}),
        "expires": contract(last_day=date(2036, 3, 31)),
        "novates": contract(blocks={BLOCKS[2]: 0}),
        "novates, recharged": contract(blocks={BLOCKS[0]: 8, BLOCKS[1]: 2}),
        "splits": contract(is_severable=True),
        "lead body": contract(blocks={BLOCKS[0]: 79, BLOCKS[1]: 21}),
    }
    assert {name: dispose(one, RECEIVERS).disposition for name, one in told.items()} == {
        name: name for name in told
    }
    assert dispose(told["lead body"], RECEIVERS).holder == "body-A01"
    assert dispose(contract(blocks=dict.fromkeys(BLOCKS, 0)), RECEIVERS).holder == "body-A03"


def test_what_is_retained_stays_with_the_centre() -> None:
    found = dispose(
        contract(functions={PROBATION: 3, PRISONS: 1}, blocks={BLOCKS[0]: 1}), RECEIVERS
    )

    assert by_body(found) == {"body-A01": 750_001, CENTRE: 250_000}
    assert "Who manages the part that the centre retains?" in found.questions


def test_the_provider_is_told_six_months_before_and_a_late_contract_is_offered() -> None:
    found = dispose(contract(), RECEIVERS)
    assert (found.vests_on, found.notice_due) == (VESTS, date(2035, 10, 1))
    assert not found.is_offered

    soon = contract(last_day=date(2038, 3, 31))
    assert dispose(soon, RECEIVERS).is_offered
    assert not dispose(replace(soon, renewal_reason="the only one"), RECEIVERS).is_offered


contracts = st.builds(
    contract,
    functions=st.dictionaries(
        st.sampled_from((PROBATION, PRISONS, SKILLS)), st.integers(1, 9), min_size=1
    ),
    blocks=st.dictionaries(st.sampled_from(BLOCKS), st.integers(0, 9), min_size=1),
    remaining=st.dictionaries(
        st.integers(2030, 2040).map(FinancialYear), st.integers(0, 10**11), max_size=4
    ),
    last_day=st.dates(date(2034, 4, 1), date(2045, 1, 1)),
    is_severable=st.booleans(),
)


@given(contracts)
def test_each_year_keeps_its_value_to_the_penny(one: Contract) -> None:
    found = dispose(one, RECEIVERS)

    for year, pence in one.remaining.items():
        parts = [part.pence.get(year, 0) for part in found.parts]
        assert sum(parts) == pence
        assert min(parts) >= 0


@given(st.integers(2, 10**6), st.integers(0, 10**6))
def test_no_area_of_a_split_is_left_without_a_penny(pence: int, weight: int) -> None:
    one = contract(
        is_severable=True,
        remaining={YEAR: pence},
        blocks={BLOCKS[0]: weight, BLOCKS[1]: weight + 1},
    )
    found = dispose(one, RECEIVERS)

    assert found.disposition != "splits" or min(by_body(found).values()) >= 1


def test_everything_wrong_with_contracts_is_told_at_once() -> None:
    with pytest.raises(ContractError) as caught:
        contract(last_day=date(2030, 1, 1), remaining={YEAR: -1}, blocks={}, functions={})
    assert [fault.column for fault in caught.value.faults] == [
        *("last_day", "remaining", "blocks", "functions")
    ]

    strange = contract(blocks={BlockCode("b9"): 1}, functions={FunctionCode("x"): 1})
    with pytest.raises(ContractError, match="2 faults"):
        dispose_all([contract(), strange], RECEIVERS)


def posts(**given: object) -> Posts:
    one = Posts(
        code="team",
        body=CommissionerCode("service"),
        functions={PROBATION: 60, PRISONS: 40},
        hundredths=1_000,
        pay_pence=100_001,
    )
    return replace(one, **given)  # type: ignore[arg-type]  # fields by name


def test_a_post_follows_the_function_with_most_of_its_time_or_is_open() -> None:
    moved = transfer_posts([posts()], RECEIVERS)
    assert {part.to: part.hundredths for part in moved} == {
        "body-A01": 167,
        "body-A02": 333,
        "body-A03": 500,
    }
    (stays,) = transfer_posts([posts(functions={PRISONS: 2, PROBATION: 1})], RECEIVERS)
    assert stays.to == "service"
    (is_open,) = transfer_posts([posts(functions={PRISONS: 1, PROBATION: 1})], RECEIVERS)
    assert is_open.to is None


@given(
    st.lists(
        st.builds(
            posts,
            functions=st.dictionaries(
                st.sampled_from((PROBATION, PRISONS, SKILLS)), st.integers(1, 100), min_size=1
            ),
            hundredths=st.integers(0, 10**7),
            pay_pence=st.integers(0, 10**12),
            blocks=st.sets(st.sampled_from(BLOCKS)).map(lambda found: tuple(sorted(found))),
        ),
        max_size=5,
    )
)
def test_posts_and_pay_in_are_posts_and_pay_out(given_posts: list[Posts]) -> None:
    moved = transfer_posts(given_posts, RECEIVERS)

    assert sum(part.hundredths for part in moved) == sum(one.hundredths for one in given_posts)
    assert sum(part.pence for part in moved) == sum(one.pay_pence for one in given_posts)


def test_posts_that_cannot_be_are_refused() -> None:
    with pytest.raises(StaffError, match="3 faults"):
        posts(functions={}, hundredths=-1, pay_pence=-1)
    with pytest.raises(StaffError, match="does not know b9"):
        transfer_posts([posts(blocks=(BlockCode("b9"),))], RECEIVERS)


def test_a_disputed_asset_stays_in_the_residual_account() -> None:
    asset = Asset(code="site", body=CommissionerCode("service"), function=SKILLS, book_pence=-7)
    assert [part.pence for part in transfer_assets([asset], RECEIVERS)] == [-1, -2, -4]

    (kept,) = transfer_assets([replace(asset, is_disputed=True)], RECEIVERS)
    assert (kept.to, kept.pence) == ("service", -7)
    assert Fraction(kept.pence) == asset.book_pence
