"""Who is accountable for one function in one block, before the plan and after it."""

from django.db import models

from moothall.centre.models.commissioner import Commissioner
from moothall.centre.models.function import Function


class Responsibility(models.Model):
    """One accountable commissioner before and one after: never none, never two."""

    function = models.ForeignKey(Function, models.PROTECT, related_name="responsibilities")
    block = models.ForeignKey("bodies.Block", models.PROTECT, related_name="responsibilities")
    before = models.ForeignKey(Commissioner, models.PROTECT, related_name="+")
    after = models.ForeignKey(Commissioner, models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "responsibilities"
        constraints = (
            models.UniqueConstraint(name="responsibility_once", fields=("function", "block")),
        )

    def __str__(self) -> str:
        return f"{self.function} in {self.block}"
