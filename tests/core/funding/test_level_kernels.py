"""Compiled loops find what integers of any length find, or say that they cannot."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.funding import pace_of_change as rule
from folkmoot.funding.certificate import Certificate
from folkmoot.funding.level_kernels import divide, question, share, unplaced
from folkmoot.funding.pace_of_change import STATES, Problem

SIZES = st.sampled_from([3, 20, 10**6, 10**13])


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """A question that has an answer; many have ties, and areas with no room or no target."""
    size = draw(SIZES)
    n = draw(st.integers(1, 8))
    some = st.lists(st.integers(0, size), min_size=n, max_size=n)
    weights = draw(some.filter(any))
    lower = draw(some)
    upper = [least + room for least, room in zip(lower, draw(some), strict=True)]
    most = sum(
        high if weight else low for weight, low, high in zip(weights, lower, upper, strict=True)
    )
    return Problem(
        quantum=draw(st.sampled_from([sum(lower), most]) | st.integers(sum(lower), most)),
        codes=tuple(f"A{area}" for area in range(n)),
        weights=tuple(weights),
        unit=Fraction(1),
        lower=tuple(lower),
        upper=tuple(upper),
    )


@settings(max_examples=1000)
@given(problems())
def test_the_loops_find_the_same_level_states_and_pence_as_integers(problem: Problem) -> None:
    asked = question(problem.quantum, problem.weights, problem.lower, problem.upper)
    assert asked is not None
    placed = unplaced(len(problem.codes))
    level = share(asked, placed)
    certificate = problem.answer()

    assert isinstance(certificate, Certificate)
    if level.found:
        assert tuple(placed.pence.tolist()) == certificate.pence()
        assert tuple(STATES[state] for state in placed.states.tolist()) == certificate.states
        assert tuple((placed.extra > 0).tolist()) == certificate.extra_pennies
        assert Fraction(int(level.above), int(level.below)) == certificate.level * problem.unit


def test_many_areas_are_shared_by_the_loops_and_few_by_integers_alike() -> None:
    n = 263
    weights = tuple(10**9 + 997 * (at * at % 1009) * 10**6 for at in range(n))
    quantum = 10**12
    unit = Fraction(quantum, sum(weights))
    amounts = [int(weight * unit) for weight in weights]
    problem = Problem(
        quantum=quantum,
        codes=tuple(f"A{at:04d}" for at in range(n)),
        weights=weights,
        unit=unit,
        lower=tuple(amount * (60 + 7 * at % 50) // 100 for at, amount in enumerate(amounts)),
        upper=tuple(amount * (92 + 7 * at % 50) // 100 + 99 for at, amount in enumerate(amounts)),
    )

    compiled, plain = rule._compiled(problem), rule._one_by_one(problem)

    assert compiled == plain
    assert {"floor", "free", "ceiling"} <= set(plain.states)


def test_numbers_too_long_for_the_loops_are_left_to_integers() -> None:
    assert question(10**16, (1, 1), (0, 0), (10**16, 10**16)) is None
    assert question(100, (10**19, 1), (0, 0), (100, 100)) is None


@given(st.integers(0, 2**46), st.integers(0, 2**46), st.integers(1, 2**46))
def test_a_quotient_is_exact_though_the_product_runs_over(left: int, right: int, by: int) -> None:
    if left * right // by < 2**50:
        assert divide(left, right, by) == divmod(left * right, by)
