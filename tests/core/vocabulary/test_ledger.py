"""The ledger: what comes in goes out or stays, in whatever order entries come."""

import pickle
import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.vocabulary.codes import HolderCode, StreamCode
from folkmoot.vocabulary.ledger import Entry, EntryError, Ledger, split_at_vesting
from folkmoot.vocabulary.periods import FinancialYear

HOLDERS = ("treasury", "department", "board", "body-A01", "body-A02", "programme")
YEAR = FinancialYear(2026)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    pair = draw(st.lists(st.sampled_from(HOLDERS), min_size=2, max_size=2, unique=True))
    return Entry(
        year=FinancialYear(draw(st.integers(2026, 2028))),
        stream=StreamCode(draw(st.sampled_from(("health", "skills")))),
        from_holder=HolderCode(pair[0]),
        to_holder=HolderCode(pair[1]),
        pence=draw(st.integers(1, 10**15)),
        cause=draw(st.sampled_from(("settlement", "present route"))),
    )


ledgers = st.lists(entries(), max_size=40)


@given(ledgers)
def test_what_comes_in_goes_out_or_is_the_balance(found: list[Entry]) -> None:
    ledger = Ledger.of(found)
    received, paid, balances = ledger.received(), ledger.paid(), ledger.balances()

    assert sum(balances.values()) == 0
    for holder, balance in balances.items():
        assert received.get(holder, 0) == paid.get(holder, 0) + balance


@given(ledgers, st.randoms(use_true_random=False))
def test_the_order_of_entries_changes_nothing(found: list[Entry], rng: random.Random) -> None:
    shuffled = list(found)
    rng.shuffle(shuffled)

    assert Ledger.of(shuffled) == Ledger.of(found)


@given(ledgers)
def test_merging_entries_keeps_every_sum(found: list[Entry]) -> None:
    ledger = Ledger.of(found)
    merged = ledger.merged()

    for fields in (("year", "stream"), ("from_holder", "to_holder", "cause")):
        assert merged.sums(*fields) == ledger.sums(*fields)
    keys = [entry.order()[:-1] for entry in merged.entries]
    assert len(keys) == len(set(keys))


@given(ledgers, ledgers)
def test_two_ledgers_add_up(one: list[Entry], other: list[Entry]) -> None:
    both = Ledger.of(one).plus(Ledger.of(other))

    assert both == Ledger.of(one + other)
    assert sum(both.sums("cause").values()) == sum(entry.pence for entry in one + other)


@given(ledgers)
def test_a_ledger_survives_pickling(found: list[Entry]) -> None:
    ledger = Ledger.of(found)
    assert pickle.loads(pickle.dumps(ledger)) == ledger  # noqa: S301 - our own bytes


def test_an_odd_penny_goes_to_the_new_holder() -> None:
    assert split_at_vesting(1001, Fraction(1, 2)) == (501, 500)


@given(st.integers(0, 10**15), st.fractions(0, 1))
def test_splitting_at_vesting_keeps_every_penny(pence: int, share: Fraction) -> None:
    new, old = split_at_vesting(pence, share)

    assert new + old == pence
    assert abs(new - pence * share) < 1


@pytest.mark.parametrize(
    ("to_holder", "pence", "cause", "words"),
    [
        ("board", 0, "settlement", "moves £0.00"),
        ("board", -5, "settlement", "moves -£0.05"),
        ("treasury", 5, "settlement", "ends where it starts"),
        ("board", 5, "", "gives no cause"),
    ],
)
def test_an_entry_that_cannot_be_is_refused(
    to_holder: str, pence: int, cause: str, words: str
) -> None:
    with pytest.raises(EntryError, match=words) as caught:
        Entry(
            year=YEAR,
            stream=StreamCode("health"),
            from_holder=HolderCode("treasury"),
            to_holder=HolderCode(to_holder),
            pence=pence,
            cause=cause,
        )

    assert "'treasury'" in str(caught.value)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301 - our own
