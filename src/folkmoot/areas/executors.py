"""Hand work to any executor; the answers do not depend on it, nor on how many work."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from typing import TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")


def in_order(
    executor: Executor | None, call: Callable[[Item], Answer], items: Iterable[Item]
) -> Iterator[Answer]:
    """Call once an item and give the answers in the order of the items.

    Without an executor each call is made here when its answer is wanted. Leaving early, by
    Ctrl-C or otherwise, drops what has not begun.

    Examples
    --------
    >>> list(in_order(None, abs, [-1, 2]))
    [1, 2]
    """
    if executor is None:
        yield from map(call, items)
        return
    waiting = [executor.submit(call, item) for item in items]
    try:
        for one in waiting:
            yield one.result()
    finally:
        for one in waiting:
            one.cancel()
