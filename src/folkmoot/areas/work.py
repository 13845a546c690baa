"""How much work a search may do: counted in steps, so that results do not depend on the clock."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Budgets of a design. None is a figure of policy: more work never makes a plan worse."""

    unions: int = 30_000_000
    """Connected unions that are enumerated; beyond, the search is not exhaustive."""
    memory_bytes: int = 1_000_000_000
    """Memory for them."""
