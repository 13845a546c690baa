"""One band of the money: from whom, to whom, for what, before the plan or after it."""

from django.db import models
from django.db.models import Q

from moothall.centre.models.devolution_plan import DevolutionPlan


class MoneyRoute(models.Model):
    """What one holder passes to another in the settlement's first year, in whole pence."""

    BEFORE, AFTER = "before", "after"

    devolution_plan = models.ForeignKey(DevolutionPlan, models.PROTECT, related_name="routes")
    period = models.CharField(max_length=6, choices=[(BEFORE, "before"), (AFTER, "after")])
    layer = models.PositiveSmallIntegerField(help_text="1 is the Treasury")
    from_code = models.CharField(max_length=80)
    from_name = models.CharField(max_length=200)
    to_code = models.CharField(max_length=80)
    to_name = models.CharField(max_length=200)
    stream = models.CharField(max_length=40)
    pence = models.BigIntegerField()
    cause = models.CharField(max_length=80)
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(
                name="money_route_once",
                fields=("devolution_plan", "period", "from_code", "to_code", "stream"),
            ),
            models.CheckConstraint(name="money_route_is_money", condition=Q(pence__gt=0)),
        )

    def __str__(self) -> str:
        return f"{self.from_name} to {self.to_name}, {self.period}"
