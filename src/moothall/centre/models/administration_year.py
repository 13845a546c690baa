"""One year of what administration would release and cost, as declared."""

from django.db import models
from django.db.models import F, Q

from moothall.centre.models.devolution_plan import DevolutionPlan


class AdministrationYear(models.Model):
    """Gross, new and one-off cost, net and its sum so far, in whole pence; and their label."""

    devolution_plan = models.ForeignKey(
        DevolutionPlan, models.PROTECT, related_name="administration"
    )
    year = models.CharField(max_length=7)
    gross = models.BigIntegerField()
    new = models.BigIntegerField()
    one_off = models.BigIntegerField()
    net = models.BigIntegerField()
    cumulative = models.BigIntegerField()
    label = models.CharField(max_length=200, help_text="What must be said beside these figures")

    class Meta:
        ordering = ("year",)
        constraints = (
            models.UniqueConstraint(
                name="administration_year_once", fields=("devolution_plan", "year")
            ),
            models.CheckConstraint(
                name="administration_year_adds_up",
                condition=Q(net=F("gross") - F("new") - F("one_off")),
            ),
            models.CheckConstraint(name="administration_year_has_label", condition=~Q(label="")),
        )

    def __str__(self) -> str:
        return self.year
