"""A block: the smallest piece of land, never split between areas."""

from django.db import models
from django.db.models import Q

from moothall.bodies.models.area import Area
from moothall.bodies.models.area_plan import AreaPlan


class Block(models.Model):
    """One block in one area; the plan is named again so that a block can be in it only once."""

    area_plan = models.ForeignKey(AreaPlan, models.PROTECT, related_name="blocks")
    area = models.ForeignKey(Area, models.PROTECT, related_name="blocks")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=160)
    search_name = models.CharField(
        max_length=200, help_text="The name without capitals, for search"
    )
    population = models.PositiveIntegerField(help_text="persons")
    area_km2 = models.DecimalField(max_digits=12, decimal_places=3)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                name="block_in_one_area_of_a_plan", fields=("area_plan", "code")
            ),
            models.CheckConstraint(
                name="block_has_name_to_search", condition=~Q(name="") & ~Q(search_name="")
            ),
        )

    def __str__(self) -> str:
        return self.name
