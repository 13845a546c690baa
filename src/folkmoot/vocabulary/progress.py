"""How long work tells its user how far it is."""

from collections.abc import Callable
from typing import TypeAlias

Progress: TypeAlias = Callable[[str, float], None]
"""Called with a sentence for people and the share of the work done, from 0 to 1."""


def silent(stage: str, share: float) -> None:
    """Tell nobody."""
