"""Tasks in an order in which each comes after those it waits for; loops and faults refused."""

import pickle
from datetime import date

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.transition.errors import CycleError, TimetableError
from folkmoot.transition.tasks import Task, in_order
from folkmoot.vocabulary.codes import TaskCode


def task(code: str, *after: str, months: int = 1) -> Task:
    waits = tuple(TaskCode(one) for one in after)
    return Task(code=TaskCode(code), title=code, months=months, after=waits)


def test_a_loop_is_printed_from_its_first_code() -> None:
    vest, gate = "vest-probation-area-07", "gate-probation-area-07"
    with pytest.raises(CycleError) as caught:
        in_order([task("law"), task(gate, vest, "law"), task(vest, gate)])

    assert str(caught.value) == (
        "Task 'gate-probation-area-07' waits for 'vest-probation-area-07', which waits for "
        "'gate-probation-area-07'. A loop has no first step, so no date can be found. Remove "
        "one of the two links."
    )
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301 - our own


def test_a_longer_loop_and_a_task_that_waits_for_itself_are_loops_too() -> None:
    with pytest.raises(CycleError, match="Remove one of the 3 links"):
        in_order([task("a", "c"), task("b", "a"), task("c", "b"), task("d", "c")])
    with pytest.raises(CycleError, match="Task 'a' waits for 'a'"):
        in_order([task("a", "a")])


def test_every_fault_of_the_tasks_is_listed_at_once() -> None:
    wrong = [
        task("law"),
        task("law"),
        task("form", "lawn", months=-1),
        Task(code=TaskCode("vest"), title="", months=3, kind="vest", fixed_day=date(2031, 4, 2)),
    ]
    with pytest.raises(TimetableError) as caught:
        in_order(wrong)

    problems = [(fault.row, fault.problem) for fault in caught.value.faults]
    assert problems == [
        (2, "'law': its code stands twice."),
        (3, "'form': it takes -1 months."),
        (3, "'form': it waits for 'lawn', which is no task."),
        (4, "'vest': a vesting takes months."),
        (4, "'vest': its fixed day 2031-04-02 is not the first of a month."),
    ]
    assert "Did you mean 'law'?" in str(caught.value)


@given(
    st.integers(1, 12).flatmap(
        lambda n: st.sets(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)))
    )
)
def test_an_order_is_found_exactly_when_there_is_no_loop(links: set[tuple[int, int]]) -> None:
    count = max((max(pair) for pair in links), default=0) + 1
    tasks = [
        task(f"t{n:02d}", *(f"t{m:02d}" for k, m in sorted(links) if k == n)) for n in range(count)
    ]
    drawn = nx.DiGraph([(m, k) for k, m in links])
    try:
        order = [int(one.code[1:]) for one in in_order(tasks)]
    except CycleError as error:
        loop = [int(code[1:]) for code in error.loop]
        assert all((a, b) in links for a, b in zip(loop, [*loop[1:], loop[0]], strict=True))
    else:
        assert nx.is_directed_acyclic_graph(drawn)
        at = {n: place for place, n in enumerate(order)}
        assert all(at[before] < at[after] for after, before in links)
