"""An assessment of what every area of a plan needs."""

from django.db import models
from django.db.models import Q

from moothall.records.models import Entity


class Assessment(Entity):
    """Made from published indicators, once a plan; its indicators and needs are its parts."""

    MADE = "made"
    REPLACED = "replaced"

    area_plan = models.OneToOneField("bodies.AreaPlan", models.PROTECT, related_name="assessment")
    whole = models.CharField(max_length=80, help_text="What areas are compared with: the country")

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="assessment_state_is_known", condition=Q(state__in=("made", "replaced"))
            ),
        )

    def __str__(self) -> str:
        return f"Needs of {self.area_plan}"
