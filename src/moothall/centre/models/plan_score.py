"""One score of a plan, or of a geography that it is compared with."""

from django.db import models

from moothall.centre.models.devolution_plan import DevolutionPlan


class PlanScore(models.Model):
    """A measure of one plan, against one geography where the measure needs one."""

    devolution_plan = models.ForeignKey(DevolutionPlan, models.PROTECT, related_name="scores")
    plan = models.CharField(max_length=80, help_text="'this plan' or a baseline")
    measure = models.CharField(max_length=80)
    geography = models.CharField(max_length=80, blank=True)
    value = models.CharField(max_length=40, help_text="As the core printed it")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                name="plan_score_once", fields=("devolution_plan", "plan", "measure", "geography")
            ),
        )

    def __str__(self) -> str:
        return f"{self.measure} of {self.plan}"
