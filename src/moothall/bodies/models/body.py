"""The commissioning body of an area: one each, accountable for all that is commissioned there."""

from django.db import models
from django.db.models import Q

from moothall.bodies.models.area import Area
from moothall.records.models import Entity


class Body(Entity):
    """A commissioning body. Its offices are its parts."""

    CONSTITUTED = "constituted"
    WOUND_UP = "wound up"

    area = models.OneToOneField(Area, models.PROTECT, related_name="body")
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40, blank=True, help_text="As drafted")
    councils = models.JSONField(default=list, help_text="Names of those that would form it")
    first_day = models.DateField(null=True, help_text="As drafted")

    class Meta:
        verbose_name_plural = "bodies"
        constraints = (
            models.UniqueConstraint(
                name="body_code_once_while_constituted",
                fields=("code",),
                condition=Q(state="constituted"),
            ),
            models.CheckConstraint(
                name="body_state_is_known", condition=Q(state__in=("constituted", "wound up"))
            ),
        )

    def __str__(self) -> str:
        return self.name
