"""The sum that one stream shares between all areas in one year."""

from django.db import models
from django.db.models import Q

from moothall.centre.models.stream import Stream


class Quantum(models.Model):
    """A stream's national total for a year, in whole pence."""

    stream = models.ForeignKey(Stream, models.PROTECT, related_name="quanta")
    year = models.CharField(max_length=7, help_text="2026-27")
    pence = models.BigIntegerField()

    class Meta:
        verbose_name_plural = "quanta"
        constraints = (
            models.UniqueConstraint(name="quantum_once_a_year", fields=("stream", "year")),
            models.CheckConstraint(name="quantum_is_money", condition=Q(pence__gt=0)),
        )

    def __str__(self) -> str:
        return f"{self.stream}, {self.year}"
