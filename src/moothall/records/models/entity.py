"""What moves through states: the base of every model that ``records.flow`` writes."""

from django.db import models

NEW = "–"
"""The state of what does not exist yet; creation is a move from here."""


class Entity(models.Model):
    """Something with a state, a version that grows with every move, and its own parts."""

    state = models.CharField(max_length=30)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    @property
    def body_code(self) -> str:
        """The body whose affair this is; empty where it is the centre's."""
        return ""

    @property
    def present_state(self) -> str:
        """The state, or ``NEW`` while it is in no table."""
        return NEW if self._state.adding else self.state
