"""Where services are missing and where two offer the same."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.outcomes.cells import Cells, Services
from folkmoot.outcomes.errors import PluralityReasonError, ShareError, UnknownCellError
from folkmoot.outcomes.overlap import Bounds, GapMap, Pairs, costs, gap_map, pairs, stake
from folkmoot.vocabulary.statistics.errors import CountError, DenominatorError, ShapeError

BOUNDS = Bounds(containment=0.8, jaccard=0.5, similarity=0.9)
NEEDS, COHORTS, PLACES = 3, 2, 4
SIZE = NEEDS * COHORTS * PLACES


def country(seed: int, *, services: int | None = None) -> tuple[Cells, Services]:
    rng = np.random.default_rng(seed)
    cells = Cells(
        needs=tuple("abc"), cohorts=("young", "old"), places=tuple("wxyz"),
        expected=rng.integers(0, 60, SIZE).astype(float), met=rng.choice([0.0, 0.5, 1.0], SIZE),
    )  # fmt: skip
    many = int(rng.integers(1, 12)) if services is None else services
    sets = [rng.choice(SIZE, size=int(rng.integers(1, 9)), replace=False) for _ in range(many)]
    sets = [one if rng.random() < 0.6 else sets[0] for one in sets]
    made = Services.of(
        [f"s{n}" for n in range(many)],
        sets,
        capacity=rng.integers(0, 400, many),
        pence=rng.integers(0, 10**9, many),
        intended=[None if rng.random() < 0.7 else "a choice" for _ in range(many)],
    )
    return cells, made


def without(services: Services, dropped: int) -> Services:
    kept = [n for n in range(len(services)) if n != dropped]
    return Services.of(
        [services.codes[n] for n in kept],
        [services.cell[services.first[n] : services.first[n + 1]] for n in kept],
        capacity=services.capacity[kept],
        pence=services.pence[kept],
        intended=[services.intended[n] for n in kept],
    )


def as_sets(services: Services) -> list[set[int]]:
    bounds = zip(services.first[:-1], services.first[1:], strict=True)
    return [set(services.cell[start:end].tolist()) for start, end in bounds]


def twin_pairs(services: Services, found: GapMap) -> dict[frozenset[int], tuple[float, float, int]]:
    """Every pair of all, in plain loops."""
    sets, pence = as_sets(services), costs(services)
    cost = [
        dict(zip(services.cell[a:b].tolist(), pence[a:b].tolist(), strict=True))
        for a, b in zip(services.first[:-1], services.first[1:], strict=True)
    ]
    told = {}
    for a, b in combinations(range(len(services)), 2):
        both = sets[a] & sets[b]
        containment = len(both) / min(len(sets[a]), len(sets[b]))
        jaccard = len(both) / len(sets[a] | sets[b])
        if containment >= 0.8 or jaccard >= 0.5:
            pounds = sum(min(cost[a][one], cost[b][one]) for one in both if found.excess[one] > 0)
            told[frozenset((a, b))] = (containment, jaccard, pounds)
    return told


def as_told(made: Pairs) -> dict[frozenset[int], tuple[float, float, int]]:
    rows = zip(
        made.smaller.tolist(), made.larger.tolist(), made.containment.tolist(),
        made.jaccard.tolist(), made.pence.tolist(), strict=True,
    )  # fmt: skip
    return {frozenset((a, b)): (c, j, pence) for a, b, c, j, pence in rows}


def test_twins_in_plain_loops_agree_on_a_thousand_countries() -> None:
    for seed in range(1000):
        cells, services = country(seed)
        found = gap_map(cells, services)
        offered = [0.0] * SIZE
        for one, capacity in zip(as_sets(services), services.capacity.tolist(), strict=True):
            for cell in one:
                offered[cell] += capacity / len(one)
        for cell in range(SIZE):
            left = cells.expected[cell] * (1 - cells.met[cell])
            assert found.unserved[cell] == pytest.approx(max(0.0, left - offered[cell]), abs=1e-9)
            assert found.excess[cell] == pytest.approx(max(0.0, offered[cell] - left), abs=1e-6)

        told, twin = as_told(pairs(services, found, BOUNDS)), twin_pairs(services, found)

        assert told.keys() == twin.keys()
        for pair, (containment, jaccard, pence) in twin.items():
            assert told[pair][:2] == pytest.approx((containment, jaccard))
            assert told[pair][2] == pence


def test_two_cells_within_four_are_contained_and_half_alike() -> None:
    cells = Cells(
        needs=tuple("abcd"), cohorts=("all",), places=("x",), expected=np.zeros(4), met=np.zeros(4)
    )
    services = Services.of(["A", "B"], [[0, 1], [0, 1, 2, 3]], capacity=[1, 1], pence=[0, 0])

    made = pairs(services, gap_map(cells, services), BOUNDS)

    assert (made.jaccard.tolist(), made.containment.tolist()) == ([0.5], [1.0])


@given(st.integers(0, 10_000))
def test_capacity_and_pence_in_cells_are_those_of_services(seed: int) -> None:
    cells, services = country(seed)

    found = gap_map(cells, services)

    assert found.capacity.sum() == pytest.approx(services.capacity.sum())
    assert np.add.reduceat(costs(services), services.first[:-1]).tolist() == services.pence.tolist()
    assert (found.unserved >= 0).all()
    assert not ((found.unserved > 0) & (found.excess > 0)).any()
    for axis in range(3):
        assert found.by(axis).sum() == pytest.approx(found.unserved.sum())
    assert found.by_place_and_need.sum(axis=0) == pytest.approx(found.by(2))


@given(st.integers(0, 10_000), st.data())
def test_more_capacity_never_raises_a_gap(seed: int, data: st.DataObject) -> None:
    cells, services = country(seed)
    one = data.draw(st.integers(0, len(services) - 1))
    capacity = services.capacity.copy()
    capacity[one] += data.draw(st.floats(0, 500))
    sets = as_sets_sorted(services)
    more = Services.of(services.codes, sets, capacity=capacity, pence=services.pence)

    assert (gap_map(cells, more).unserved <= gap_map(cells, services).unserved + 1e-9).all()


def as_sets_sorted(services: Services) -> list[list[int]]:
    return [sorted(one) for one in as_sets(services)]


@given(st.integers(0, 10_000), st.data())
def test_removing_a_service_never_raises_the_pounds_at_stake(
    seed: int, data: st.DataObject
) -> None:
    cells, services = country(seed, services=6)
    fewer = without(services, data.draw(st.integers(0, 5)))
    before, after = gap_map(cells, services), gap_map(cells, fewer)

    assert stake(fewer, after).pence <= stake(services, before).pence
    names = {
        frozenset((services.codes[a], services.codes[b])): pence
        for (a, b), (_, _, pence) in as_told(pairs(services, before, BOUNDS)).items()
    }
    for (a, b), (_, _, pence) in as_told(pairs(fewer, after, BOUNDS)).items():
        assert pence <= names[frozenset((fewer.codes[a], fewer.codes[b]))]


@given(st.integers(0, 10_000), st.sampled_from([None, 0.6]))
def test_containment_is_never_less_than_jaccard(seed: int, likeness: float | None) -> None:
    cells, services = country(seed)
    alike = None if likeness is None else np.where(np.eye(NEEDS) > 0, 1.0, likeness)

    made = pairs(services, gap_map(cells, services), BOUNDS, likeness=alike)

    assert (made.containment >= made.jaccard - 1e-12).all()
    assert (made.containment <= 1 + 1e-12).all()


@given(st.integers(0, 10_000))
def test_the_order_of_services_is_of_no_account(seed: int) -> None:
    cells, services = country(seed, services=8)
    order = np.random.default_rng(seed).permutation(8)
    sets = as_sets_sorted(services)
    turned = Services.of(
        [services.codes[n] for n in order], [sets[n] for n in order],
        capacity=services.capacity[order], pence=services.pence[order],
    )  # fmt: skip
    likeness = np.where(np.eye(NEEDS) > 0, 1.0, 0.6)

    for alike in (None, likeness):
        one = as_told(pairs(services, gap_map(cells, services), BOUNDS, likeness=alike))
        other = as_told(pairs(turned, gap_map(cells, turned), BOUNDS, likeness=alike))
        assert {
            frozenset(services.codes[n] for n in pair): told[0] for pair, told in one.items()
        } == {
            frozenset(turned.codes[n] for n in pair): pytest.approx(told[0])
            for pair, told in other.items()
        }


def test_needs_that_are_alike_count_in_part_only_when_asked() -> None:
    cells = Cells(
        needs=("falls", "frailty"), cohorts=("all",), places=("x",), expected=np.zeros(2),
        met=np.zeros(2),
    )  # fmt: skip
    services = Services.of(["A", "B"], [[0], [1]], capacity=[1, 1], pence=[0, 0])
    found = gap_map(cells, services)
    likeness = np.array([[1.0, 0.9], [0.9, 1.0]])

    assert len(pairs(services, found, BOUNDS)) == 0
    made = pairs(services, found, BOUNDS, likeness=likeness)
    assert made.containment.tolist() == [0.9]
    assert made.jaccard.tolist() == [pytest.approx(0.9 / 1.1)]


def one_cell(expected: float) -> Cells:
    return Cells(
        needs=("a",), cohorts=("all",), places=("x",), expected=np.array([expected]),
        met=np.zeros(1),
    )  # fmt: skip


def test_two_services_that_both_fill_a_need_cost_nothing() -> None:
    cells = one_cell(100.0)
    filling = Services.of(["A", "B"], [[0], [0]], capacity=[60, 40], pence=[700, 500])
    beyond = Services.of(["A", "B"], [[0], [0]], capacity=[60, 41], pence=[700, 500])

    assert pairs(filling, gap_map(cells, filling), BOUNDS).pence.tolist() == [0]
    assert stake(filling, gap_map(cells, filling)).pence == 0
    assert pairs(beyond, gap_map(cells, beyond), BOUNDS).pence.tolist() == [500]
    assert stake(beyond, gap_map(cells, beyond)).by_funder == {"": 1200}


def test_a_pair_that_is_meant_counts_and_is_not_listed() -> None:
    cells = one_cell(0.0)
    services = Services.of(
        list("ABC"), [[0]] * 3, capacity=[1] * 3, pence=[6] * 3, intended=["choice", "choice", None]
    )

    made = pairs(services, gap_map(cells, services), BOUNDS)

    assert len(made) == 3
    assert len(made.listed) == 2


def test_a_choice_without_a_reason_is_refused() -> None:
    with pytest.raises(PluralityReasonError, match="Say what people gain by it"):
        Services.of(["A"], [[0]], capacity=[1], pence=[0], intended=[" "])


def test_words_that_no_cell_has_are_named_ten_at_most() -> None:
    cells, _ = country(1)

    with pytest.raises(UnknownCellError, match=r"d0, young, w; .*and 2 more"):
        cells.numbers([(f"d{n}", "young", "w") for n in range(12)])
    assert cells.words(int(cells.numbers([("b", "old", "y")])[0])) == ("b", "old", "y")


def test_shares_that_do_not_sum_to_one_are_refused() -> None:
    even = Services.of(["A"], [[0, 1]], capacity=[1], pence=[1])

    with pytest.raises(ShareError, match=r"A; the first sum to 1\.1"):
        Services(
            codes=even.codes, names=even.names, capacity=even.capacity, pence=even.pence,
            funders=even.funders, sectors=even.sectors, intended=even.intended, first=even.first,
            cell=even.cell, share=np.array([0.5, 0.6]), access=even.access,
        )  # fmt: skip


def test_a_service_nowhere_below_nothing_or_twice_in_a_cell_is_refused() -> None:
    with pytest.raises(DenominatorError):
        Services.of(["A", "B"], [[0], []], capacity=[1, 1], pence=[1, 1])
    with pytest.raises(CountError):
        Services.of(["A"], [[0]], capacity=[-1], pence=[1])
    even = Services.of(["A"], [[0, 1]], capacity=[1], pence=[1])
    with pytest.raises(ShapeError):
        Services(
            codes=even.codes, names=even.names, capacity=even.capacity, pence=even.pence,
            funders=even.funders, sectors=even.sectors, intended=even.intended, first=even.first,
            cell=np.array([1, 1]), share=even.share, access=even.access,
        )  # fmt: skip
    with pytest.raises(CountError):
        Cells(needs=("a",), cohorts=("b",), places=("c",), expected=np.ones(1), met=np.full(1, 2.0))
