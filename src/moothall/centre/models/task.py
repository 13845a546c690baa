"""One task of the transition: what has to be done, and when."""

from django.db import models

from moothall.centre.models.devolution_plan import DevolutionPlan


class Task(models.Model):
    """A task with its days, both included, and what it waits for."""

    VEST = "vest"

    devolution_plan = models.ForeignKey(DevolutionPlan, models.PROTECT, related_name="tasks")
    area = models.ForeignKey(
        "bodies.Area", models.PROTECT, null=True, related_name="+", help_text="None: the country"
    )
    code = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    phase = models.CharField(max_length=80)
    months = models.PositiveSmallIntegerField()
    first_day = models.DateField()
    last_day = models.DateField()
    wait_months = models.PositiveSmallIntegerField(help_text="Lost to the next 1 April")
    float_months = models.PositiveSmallIntegerField(help_text="Late by so much harms nothing")
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(name="task_once", fields=("devolution_plan", "code")),
        )

    def __str__(self) -> str:
        return self.title
