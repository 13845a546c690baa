"""Run compiled loops side by side; the answer does not depend on how many run at once."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")


def side_by_side(call: Callable[[Item], Answer], items: Iterable[Item]) -> Iterator[Answer]:
    """Call once an item and give the answers in the order of the items.

    Stopping early, by Ctrl-C or by leaving the loop, drops what has not begun.

    Examples
    --------
    >>> list(side_by_side(abs, [-1, 2]))
    [1, 2]
    """
    pool = ThreadPoolExecutor()
    try:
        yield from pool.map(call, items)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
