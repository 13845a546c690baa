"""One way out of a negotiation, and its price."""

from django.db import models

from moothall.centre.models.negotiation import Negotiation


class NegotiationOption(models.Model):
    """What would move, what the plan would lose, what would be crossed or broken."""

    negotiation = models.ForeignKey(Negotiation, models.PROTECT, related_name="options")
    code = models.CharField(max_length=20)
    place = models.PositiveSmallIntegerField()
    moves = models.TextField(blank=True)
    price_ratio = models.DecimalField(
        max_digits=14,
        decimal_places=9,
        null=True,
        help_text="Growth of the plan's cost; 0 as drawn",
    )
    crosses = models.TextField(blank=True)
    breaks = models.TextField(blank=True)
    sentence = models.TextField()

    class Meta:
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(name="negotiation_option_once", fields=("negotiation", "code")),
        )

    def __str__(self) -> str:
        return self.sentence
