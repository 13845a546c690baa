"""All that one area is given in one year, over every stream: its block grant."""

from django.db import models
from django.db.models import Q

from moothall.centre.models.settlement import Settlement


class BlockGrant(models.Model):
    """The sum of an area's allocations in a year; the bridge adds, a guard checks."""

    settlement = models.ForeignKey(Settlement, models.PROTECT, related_name="block_grants")
    area = models.ForeignKey("bodies.Area", models.PROTECT, related_name="block_grants")
    year = models.CharField(max_length=7)
    pence = models.BigIntegerField()
    pence_per_head = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(name="block_grant_once", fields=("settlement", "area", "year")),
            models.CheckConstraint(name="block_grant_not_negative", condition=Q(pence__gte=0)),
        )

    def __str__(self) -> str:
        return f"Block grant of {self.area}, {self.year}"
