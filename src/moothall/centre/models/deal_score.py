"""How far a deal gives an area one control over one function."""

from django.db import models
from django.db.models import Q

from moothall.centre.models.deal import Deal


class DealScore(models.Model):
    """A score from 0, the centre decides, to 4, the area does; null where nobody has scored."""

    deal = models.ForeignKey(Deal, models.PROTECT, related_name="scores")
    function = models.CharField(max_length=80)
    control = models.CharField(max_length=40)
    score = models.PositiveSmallIntegerField(null=True)
    classes = models.CharField(max_length=120, blank=True, help_text="Of the function, or all open")
    state = models.CharField(max_length=20)
    evidence = models.TextField(blank=True)
    source = models.TextField(blank=True)
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(name="deal_score_once", fields=("deal", "function", "control")),
            models.CheckConstraint(
                name="deal_score_from_0_to_4", condition=Q(score=None) | Q(score__lte=4)
            ),
        )

    def __str__(self) -> str:
        return f"{self.deal}: {self.control} over {self.function}"
