"""A measured figure that shows a need or an outcome."""

from django.db import models
from django.db.models import Q

from moothall.understand.models.assessment import Assessment


class Polarity(models.TextChoices):
    """Which way is better."""

    HIGHER = "higher_is_better", "higher is better"
    LOWER = "lower_is_better", "lower is better"
    NONE = "none", "neither"


class Indicator(models.Model):
    """What one figure is called, measured in, and of which period it is."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="indicators")
    code = models.CharField(max_length=120)
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=80, blank=True)
    domain = models.CharField(max_length=40)
    polarity = models.CharField(max_length=20, choices=Polarity)
    is_outcome = models.BooleanField(help_text="It shows a change in lives, not what was done")
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(name="indicator_once", fields=("assessment", "code")),
            models.CheckConstraint(
                name="indicator_polarity_is_known", condition=Q(polarity__in=Polarity.values)
            ),
        )

    def __str__(self) -> str:
        return self.name
