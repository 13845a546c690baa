"""A block whose health geography and economic geography pull it to different areas."""

from django.db import models
from django.db.models import F, Q

from moothall.centre.models.negotiation import Negotiation


class Conflict(models.Model):
    """One block in conflict, and what it would cost to follow either pull."""

    negotiation = models.ForeignKey(Negotiation, models.PROTECT, related_name="conflicts")
    block = models.ForeignKey("bodies.Block", models.PROTECT, related_name="conflicts")
    health_area = models.ForeignKey("bodies.Area", models.PROTECT, related_name="+")
    economy_area = models.ForeignKey("bodies.Area", models.PROTECT, related_name="+")
    people = models.PositiveIntegerField()
    price_with_health = models.CharField(max_length=40, blank=True)
    price_with_economy = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(name="conflict_once", fields=("negotiation", "block")),
            models.CheckConstraint(
                name="conflict_pulls_two_ways", condition=~Q(health_area=F("economy_area"))
            ),
        )

    def __str__(self) -> str:
        return f"Conflict over {self.block}"
