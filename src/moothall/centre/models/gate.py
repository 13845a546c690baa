"""A readiness gate: what a body must show in one theme before a group of functions vests in it."""

from django.db import models

from moothall.centre.models.devolution_plan import DevolutionPlan


class Gate(models.Model):
    """The levels asked for in one theme, to run functions in shadow and to hold them."""

    devolution_plan = models.ForeignKey(DevolutionPlan, models.PROTECT, related_name="gates")
    area = models.ForeignKey("bodies.Area", models.PROTECT, related_name="+")
    group = models.CharField(max_length=80)
    risk_class = models.CharField(max_length=40)
    theme = models.CharField(max_length=120)
    shadow_level = models.CharField(max_length=40)
    vest_level = models.CharField(max_length=40)
    vesting_day = models.DateField(help_text="As planned")
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(name="gate_once", fields=("area", "group", "theme")),
        )

    def __str__(self) -> str:
        return f"{self.group}, {self.theme}, {self.area}"
