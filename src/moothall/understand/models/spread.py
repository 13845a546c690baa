"""How one indicator varies between the areas of one division."""

from django.db import models

from moothall.understand.models.indicator import Indicator


class Spread(models.Model):
    """The lottery of an indicator: as published, in today's areas, or in the plan's."""

    PUBLISHED = "published areas"

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="spreads")
    division = models.CharField(max_length=80)
    areas = models.PositiveIntegerField()
    deviation = models.FloatField(help_text="Between areas, chance and all")
    differ_by = models.FloatField(null=True, help_text="Two areas at the median, beyond chance")
    alike = models.FloatField(null=True, help_text="Share of differences between areas, adjusted")
    p_adjusted = models.FloatField(null=True)
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(name="spread_once", fields=("indicator", "division")),
        )

    def __str__(self) -> str:
        return f"{self.indicator} in {self.division}"
