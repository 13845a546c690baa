"""A thing that a commissioner is responsible for, and what the plan does with it."""

from django.db import models

from moothall.centre.models.devolution_plan import DevolutionPlan


class Function(models.Model):
    """One function of the catalogue, with the reason for its place."""

    devolution_plan = models.ForeignKey(DevolutionPlan, models.PROTECT, related_name="functions")
    code = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    stream = models.CharField(max_length=40)
    result = models.CharField(max_length=40)
    is_to_check = models.BooleanField(help_text="The core has not verified who holds it")
    reason = models.TextField()
    source = models.TextField(blank=True)
    vesting_day = models.DateField(null=True, help_text="First day of the new commissioner")
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(name="function_once", fields=("devolution_plan", "code")),
        )

    def __str__(self) -> str:
        return self.name
