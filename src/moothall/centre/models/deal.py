"""A deal that has devolved something already, and how far."""

from django.db import models
from django.db.models import Q

from moothall.centre.models.devolution_plan import DevolutionPlan


class Deal(models.Model):
    """One deal as data: its fund, and the reach of the functions that it names.

    Reach is a range while scores are unknown, and nothing where no function is scored.
    """

    devolution_plan = models.ForeignKey(DevolutionPlan, models.PROTECT, related_name="deals")
    code = models.CharField(max_length=80)
    name = models.CharField(max_length=160)
    agreed = models.CharField(max_length=40, blank=True)
    leader = models.CharField(max_length=80, blank=True)
    fund = models.CharField(max_length=160, blank=True, help_text="As printed")
    fund_pence = models.BigIntegerField(null=True)
    reach_least = models.FloatField(null=True)
    reach_most = models.FloatField(null=True)
    weighted_by = models.CharField(max_length=200, blank=True)
    is_reference = models.BooleanField(help_text="Shown for comparison only")
    is_to_check = models.BooleanField()
    source = models.TextField(blank=True)
    note = models.TextField(blank=True)
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(name="deal_once", fields=("devolution_plan", "code", "name")),
            models.CheckConstraint(
                name="deal_reach_is_a_range",
                condition=Q(reach_least=None, reach_most=None)
                | Q(reach_least__gte=0, reach_most__lte=1),
            ),
        )

    def __str__(self) -> str:
        return self.name
