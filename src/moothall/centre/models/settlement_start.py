"""The start of a settlement, and the election before it."""

from django.db import models
from django.db.models import F, Q

from moothall.centre.models.devolution_plan import DevolutionPlan


class SettlementStart(models.Model):
    """One settlement of some length: how long after an election it starts."""

    devolution_plan = models.ForeignKey(
        DevolutionPlan, models.PROTECT, related_name="settlement_starts"
    )
    settlement_years = models.PositiveSmallIntegerField()
    bridge_years = models.PositiveSmallIntegerField(
        help_text="Of a short settlement before the first; 0: none"
    )
    start = models.DateField()
    latest_election = models.DateField()
    lag_years = models.PositiveSmallIntegerField()
    target_lag_years = models.PositiveSmallIntegerField()
    is_aligned = models.BooleanField(help_text="The lag is the same at every start of this length")

    class Meta:
        ordering = ("settlement_years", "bridge_years", "start")
        constraints = (
            models.UniqueConstraint(
                name="settlement_start_once",
                fields=("devolution_plan", "settlement_years", "bridge_years", "start"),
            ),
            models.CheckConstraint(
                name="settlement_start_follows_its_election",
                condition=Q(start__gt=F("latest_election")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.settlement_years} years from {self.start}"
