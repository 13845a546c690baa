"""A stream of a settlement: programmes that share one formula."""

from django.db import models
from django.db.models import Q

from moothall.centre.models.settlement import Settlement


class Stream(models.Model):
    """One stream, and the words that must stand beside every figure built on it."""

    settlement = models.ForeignKey(Settlement, models.PROTECT, related_name="streams")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    place = models.PositiveSmallIntegerField(help_text="Order in tables")
    need_profile = models.CharField(max_length=80)
    need_basis = models.CharField(max_length=200)
    baseline = models.CharField(max_length=80)
    source = models.TextField(blank=True, help_text="Of the quantum")
    label = models.CharField(max_length=300, help_text="modelled baseline, not actual spending")

    class Meta:
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(name="stream_once_a_settlement", fields=("settlement", "code")),
            models.CheckConstraint(name="stream_has_label", condition=~Q(label="")),
        )

    def __str__(self) -> str:
        return self.name
