"""A devolution deal of the past: what was agreed, and how far it devolves."""

from django.db import models

from moothall.centre.models.devolution_plan import DevolutionPlan


class Deal(models.Model):
    """One deal as the plan holds it; the row without a code is what known funds leave over."""

    devolution_plan = models.ForeignKey(DevolutionPlan, models.PROTECT, related_name="deals")
    code = models.CharField(max_length=80, blank=True)
    name = models.CharField(max_length=200)
    agreed = models.CharField(max_length=40, blank=True)
    leader = models.CharField(max_length=80, blank=True)
    fund = models.CharField(max_length=200, blank=True, help_text="As printed")
    fund_pence = models.BigIntegerField(null=True)
    reach_least = models.DecimalField(max_digits=7, decimal_places=6, null=True)
    reach_most = models.DecimalField(max_digits=7, decimal_places=6, null=True)
    weighted_by = models.CharField(max_length=200, blank=True)
    is_reference = models.BooleanField(help_text="For comparison only")
    is_to_check = models.BooleanField()
    source = models.TextField()
    note = models.TextField(blank=True)
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(name="deal_once", fields=("devolution_plan", "code")),
        )

    def __str__(self) -> str:
        return self.name
