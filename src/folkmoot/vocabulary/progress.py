"""How long work tells its user how far it is."""

from collections.abc import Callable
from typing import TypeAlias

Progress: TypeAlias = Callable[[str, float], None]
"""Called with a sentence for people and the share of the work done, from 0 to 1."""


def silent(stage: str, share: float) -> None:
    """Tell nobody."""


class Enough(Exception):  # noqa: N818 - nothing went wrong
    """Raised by a progress callback to end the work with the best that there is so far."""


def never() -> bool:
    """Go on for ever."""
    return False


def until(is_enough: Callable[[], bool], progress: Progress) -> Progress:
    """The same progress, which ends the work once it is enough.

    Examples
    --------
    >>> until(never, silent)("Counting", 0.5)
    """

    def show(stage: str, share: float) -> None:
        if is_enough():
            raise Enough
        progress(stage, share)

    return show
