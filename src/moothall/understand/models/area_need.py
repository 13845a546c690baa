"""One indicator in one area, as the core gave it; or why there is no figure."""

from django.db import models
from django.db.models import Q

from moothall.understand.models.indicator import Indicator


class Standing(models.TextChoices):
    """How an area stands beside the whole."""

    BETTER = "better", "better"
    WORSE = "worse", "worse"
    NEITHER = "neither", "neither"


class AreaNeed(models.Model):
    """A figure with its interval, how it was made, and what it is compared with."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="needs")
    area = models.ForeignKey("bodies.Area", models.PROTECT, related_name="+")
    period = models.CharField(max_length=40, blank=True)
    value = models.FloatField(null=True)
    lower_95 = models.FloatField(null=True)
    upper_95 = models.FloatField(null=True)
    label = models.CharField(max_length=40, blank=True)
    coverage = models.FloatField(null=True)
    whole = models.FloatField(null=True)
    like_areas = models.FloatField(null=True, help_text="Median of the areas most like this one")
    verdict = models.CharField(max_length=20, blank=True)
    standing = models.CharField(max_length=10, choices=Standing, blank=True)
    fifth = models.PositiveSmallIntegerField(null=True)
    distance = models.FloatField(null=True)
    trend = models.CharField(max_length=40, blank=True)
    trend_is_good = models.BooleanField(null=True)
    lowest_block = models.CharField(max_length=120, blank=True)
    lowest = models.FloatField(null=True)
    highest_block = models.CharField(max_length=120, blank=True)
    highest = models.FloatField(null=True)
    spread = models.JSONField(help_text="Of all areas: least, quartiles, most")
    reason = models.CharField(max_length=400, blank=True, help_text="Why there is no figure")

    class Meta:
        constraints = (
            models.UniqueConstraint(name="area_need_once", fields=("indicator", "area")),
            models.CheckConstraint(
                name="area_need_figure_or_reason",
                condition=(Q(value=None) & ~Q(reason="")) | (Q(value__isnull=False) & Q(reason="")),
            ),
            models.CheckConstraint(
                name="area_need_standing_is_known",
                condition=Q(standing__in=("", *Standing.values)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator} in {self.area}"
