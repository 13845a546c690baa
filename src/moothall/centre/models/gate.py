"""What is asked of a body before a group of functions may pass to it."""

from django.db import models

from moothall.centre.models.devolution_plan import DevolutionPlan


class Gate(models.Model):
    """The level that an area's body needs in one theme, to shadow and then to hold functions."""

    devolution_plan = models.ForeignKey(DevolutionPlan, models.PROTECT, related_name="gates")
    area = models.ForeignKey("bodies.Area", models.PROTECT, related_name="+")
    group = models.CharField(max_length=80, help_text="Functions that pass together")
    risk_class = models.CharField(max_length=20)
    theme = models.CharField(max_length=40)
    shadow_level = models.CharField(max_length=20)
    vest_level = models.CharField(max_length=20)
    vesting_day = models.DateField()
    place = models.PositiveIntegerField()

    class Meta:
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(
                name="gate_once", fields=("devolution_plan", "area", "group", "theme")
            ),
        )

    def __str__(self) -> str:
        return f"{self.group} in {self.area}: {self.theme}"
