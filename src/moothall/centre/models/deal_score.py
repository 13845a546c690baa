"""One control over one function of a deal: 0, the centre decides, to 4, the area does."""

from django.db import models
from django.db.models import Q

from moothall.centre.models.deal import Deal


class DealScore(models.Model):
    """A score with its evidence; null is unknown, which is never 0."""

    deal = models.ForeignKey(Deal, models.PROTECT, related_name="scores")
    function = models.CharField(max_length=80)
    control = models.CharField(max_length=20)
    score = models.PositiveSmallIntegerField(null=True)
    reach_least = models.DecimalField(
        max_digits=7, decimal_places=6, help_text="Of the function, all controls together"
    )
    reach_most = models.DecimalField(max_digits=7, decimal_places=6)
    classes = models.CharField(max_length=80)
    is_to_check = models.BooleanField()
    evidence = models.TextField(blank=True)
    source = models.TextField(blank=True)
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(name="deal_score_once", fields=("deal", "function", "control")),
            models.CheckConstraint(
                name="deal_score_is_0_to_4", condition=Q(score=None) | Q(score__range=(0, 4))
            ),
        )

    def __str__(self) -> str:
        return f"{self.deal}, {self.function}, {self.control}"
