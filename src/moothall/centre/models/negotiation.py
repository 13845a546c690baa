"""A place where geographies conflict and people must settle which one gives way."""

from django.db import models
from django.db.models import Q

from moothall.centre.models.devolution_plan import DevolutionPlan
from moothall.records.models import Entity


class Negotiation(Entity):
    """A connected set of blocks in conflict. The blocks and the options are its parts."""

    OPEN = "open"
    WITHDRAWN = "withdrawn"

    devolution_plan = models.ForeignKey(DevolutionPlan, models.PROTECT, related_name="negotiations")
    code = models.CharField(max_length=20)

    class Meta:
        constraints = (
            models.UniqueConstraint(name="negotiation_once", fields=("devolution_plan", "code")),
            models.CheckConstraint(
                name="negotiation_state_is_known", condition=Q(state__in=("open", "withdrawn"))
            ),
        )

    def __str__(self) -> str:
        return f"Negotiation {self.code}"
