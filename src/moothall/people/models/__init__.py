"""People and the roles they hold, one model a file."""

from moothall.people.models.held_role import HeldRole
from moothall.people.models.person import Person

__all__ = ["HeldRole", "Person"]
