"""A function that passes from one commissioner to another, in some blocks, on a day."""

from django.db import models

from moothall.centre.models.commissioner import Commissioner
from moothall.centre.models.function import Function


class Succession(models.Model):
    """Who hands what over to whom, when, and by what instrument."""

    function = models.ForeignKey(Function, models.PROTECT, related_name="successions")
    from_commissioner = models.ForeignKey(Commissioner, models.PROTECT, related_name="+")
    to_commissioner = models.ForeignKey(Commissioner, models.PROTECT, related_name="+")
    blocks = models.TextField(help_text="Codes of the blocks in which it passes")
    vesting_day = models.DateField()
    instrument = models.CharField(max_length=120)
    phase = models.CharField(max_length=80, blank=True)
    reason = models.TextField(blank=True)
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(
                name="succession_once",
                fields=("function", "from_commissioner", "to_commissioner", "vesting_day"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.function} from {self.from_commissioner} to {self.to_commissioner}"
