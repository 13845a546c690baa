"""When no settlement keeps every promise, the answer says by how much and what would."""

from fractions import Fraction
from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from folkmoot.funding.allocation import Allocations, allocate
from folkmoot.funding.bounds import BoundsRule
from folkmoot.funding.infeasible import Infeasible, largest_uniform_floor

PENCE = st.integers(0, 10**12)


def asked(quantum: int = 1010, **changed: object) -> Allocations | Infeasible:
    given_ = {
        "codes": "ABCD",
        "need": (3, 3, 3, 1),
        "baseline": (350, 290, 285, 75),
        "entitlements": (0, 0, 0, 0),
        "rule": BoundsRule(floor=Fraction(2, 100), ceiling=Fraction(1, 10)),
    }
    return allocate(quantum, **{**given_, **changed})  # type: ignore[arg-type]  # by name above


def test_the_worked_example_is_eleven_pence_short() -> None:
    found = asked()

    assert isinstance(found, Infeasible)
    assert (found.kind, found.pence) == ("floors_exceed_quantum", 11)
    assert (found.costliest[0].area, int(found.costliest[0].over_target)) == ("A", 54)
    assert found.largest_uniform_floor == Fraction(85, 10_000)
    assert found.sentence() == (
        "The floors promise 11p more than the quantum. "
        "The largest floor that fits everyone is 0.85%."
    )


def test_entitlements_beyond_the_quantum_are_never_cut() -> None:
    found = asked(entitlements=(1000, 1000, 0, 0))

    assert isinstance(found, Infeasible)
    assert (found.kind, found.pence) == ("entitlements_exceed_quantum", 990)
    assert found.largest_uniform_floor is None
    assert "promise £9.90 more than the quantum. No rule cuts an entitlement" in found.sentence()


def test_ceilings_that_leave_money_over_say_how_much() -> None:
    rule = BoundsRule(floor=Fraction(-1), ceiling=Fraction(0))
    found = asked(rule=rule)

    assert isinstance(found, Infeasible)
    assert found.sentence() == (
        "The ceilings leave 10p of the quantum with nobody. Raise or drop the ceiling."
    )


def test_floors_without_a_baseline_name_no_uniform_floor() -> None:
    found = Infeasible(kind="floors_exceed_quantum", pence=1, costliest=())

    assert found.sentence() == "The floors promise 1p more than the quantum."


@given(PENCE, st.lists(st.tuples(PENCE, PENCE), min_size=1, max_size=10))
def test_the_largest_uniform_floor_fits_and_the_next_does_not(
    spare: int, areas: list[tuple[int, int]]
) -> None:
    baseline, entitlements = zip(*areas, strict=True)
    quantum = sum(entitlements) + spare
    found = largest_uniform_floor(quantum, baseline, entitlements)

    def cost(step: Fraction) -> int:
        return sum(max(owed, ceil(before * (1 + step))) for before, owed in areas)

    if found is None:
        assert not any(baseline)
    else:
        assert cost(found) <= quantum < cost(found + Fraction(1, 10_000))


def test_entitlements_that_do_not_fit_leave_no_floor_at_all() -> None:
    assert largest_uniform_floor(10, (5, 5), (6, 5)) is None
