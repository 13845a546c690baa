"""A portfolio: the functions that one elected member of a body's cabinet answers for."""

from django.db import models


class Portfolio(models.Model):
    """A portfolio as the plan drafts it; nobody is made up to hold it."""

    area = models.ForeignKey("bodies.Area", models.PROTECT, related_name="portfolios")
    code = models.CharField(max_length=80)
    title = models.CharField(max_length=120)
    held_by = models.CharField(max_length=20, help_text="An elected councillor, or the leader")
    functions = models.JSONField(help_text="Codes of functions")
    first_day = models.DateField()
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("place",)
        constraints = (models.UniqueConstraint(name="portfolio_once", fields=("area", "code")),)

    def __str__(self) -> str:
        return f"{self.title}, {self.area}"
