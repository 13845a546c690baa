"""An area in which one body will commission for everyone who lives there."""

from django.db import models
from django.db.models import Q

from moothall.bodies.models.area_plan import AreaPlan


class Area(models.Model):
    """One area of an area plan, with the figures that the core gave it."""

    area_plan = models.ForeignKey(AreaPlan, models.PROTECT, related_name="areas")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=160)
    population = models.PositiveIntegerField(help_text="persons")
    area_km2 = models.DecimalField(max_digits=12, decimal_places=3)
    cost = models.DecimalField(
        max_digits=14, decimal_places=12, help_text="This area's part of the plan's score"
    )
    self_containment_supply = models.DecimalField(
        max_digits=8,
        decimal_places=6,
        null=True,
        help_text="Of workers living here, share working here",
    )
    self_containment_demand = models.DecimalField(
        max_digits=8,
        decimal_places=6,
        null=True,
        help_text="Of jobs here, share held by people living here",
    )
    outline = models.JSONField(null=True, help_text="GeoJSON geometry, or a centroid")

    class Meta:
        constraints = (
            models.UniqueConstraint(name="area_code_once_a_plan", fields=("area_plan", "code")),
            models.CheckConstraint(name="area_has_people", condition=Q(population__gt=0)),
            models.CheckConstraint(
                name="area_self_containment_is_a_share",
                condition=(
                    Q(self_containment_supply=None) | Q(self_containment_supply__range=(0, 1))
                )
                & (Q(self_containment_demand=None) | Q(self_containment_demand__range=(0, 1))),
            ),
        )

    def __str__(self) -> str:
        return self.name
