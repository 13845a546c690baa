"""Whoever is accountable for a function somewhere, before or after."""

from django.db import models

from moothall.centre.models.devolution_plan import DevolutionPlan


class Commissioner(models.Model):
    """A commissioner by name: a present one, a body of this plan, or the centre."""

    BODY = "body"
    """The kind of a commissioning body of the plan."""

    devolution_plan = models.ForeignKey(
        DevolutionPlan, models.PROTECT, related_name="commissioners"
    )
    code = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=60)

    class Meta:
        constraints = (
            models.UniqueConstraint(name="commissioner_once", fields=("devolution_plan", "code")),
        )

    def __str__(self) -> str:
        return self.name
