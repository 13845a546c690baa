"""What the centre offers every body, in every stream, for stated years."""

from django.db import models
from django.db.models import Q

from moothall.centre.models.devolution_plan import DevolutionPlan
from moothall.records.models import Entity


class Settlement(Entity):
    """A settlement. Its streams, quanta, allocations and block grants are its parts."""

    DRAFT = "draft"
    WITHDRAWN = "withdrawn"

    devolution_plan = models.OneToOneField(
        DevolutionPlan, models.PROTECT, related_name="settlement"
    )
    core_version = models.CharField(max_length=20)
    core_inputs_sha256 = models.CharField(max_length=64)
    caveats = models.JSONField(help_text="Sentences that every page with its figures carries")

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="settlement_state_is_known", condition=Q(state__in=("draft", "withdrawn"))
            ),
        )

    def __str__(self) -> str:
        return f"Settlement of {self.devolution_plan}"
