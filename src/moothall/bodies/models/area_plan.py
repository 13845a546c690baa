"""An area plan: it places every block in exactly one area."""

from django.db import models
from django.db.models import Q

from moothall.records.models import Entity


class AreaPlan(Entity):
    """The areas of a country and the blocks of each. Its areas, and theirs, are its parts."""

    DRAFT = "draft"
    WITHDRAWN = "withdrawn"

    name = models.CharField(max_length=120)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="area_plan_state_is_known",
                condition=Q(state__in=("draft", "withdrawn")),
            ),
        )

    def __str__(self) -> str:
        return self.name
