"""What one area is given, for one stream and year, and how the figure came about."""

from django.db import models
from django.db.models import Q

from moothall.centre.models.stream import Stream


class Allocation(models.Model):
    """A closing allocation in whole pence, with the core's own explanation of it."""

    stream = models.ForeignKey(Stream, models.PROTECT, related_name="allocations")
    area = models.ForeignKey("bodies.Area", models.PROTECT, related_name="allocations")
    year = models.CharField(max_length=7)
    pence = models.BigIntegerField()
    population = models.CharField(max_length=40, blank=True)
    weighted_population = models.CharField(max_length=40, blank=True)
    opening_pence = models.BigIntegerField(null=True)
    target_pence = models.BigIntegerField(null=True)
    limit = models.CharField(max_length=20, blank=True, help_text="floor, free or ceiling")
    distance_opening = models.DecimalField(max_digits=10, decimal_places=6, null=True)
    distance_closing = models.DecimalField(max_digits=10, decimal_places=6, null=True)
    pence_per_head = models.BigIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(name="allocation_once", fields=("stream", "area", "year")),
            models.CheckConstraint(name="allocation_not_negative", condition=Q(pence__gte=0)),
        )

    def __str__(self) -> str:
        return f"{self.stream} to {self.area}, {self.year}"
