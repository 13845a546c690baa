"""How an area meets an area of an existing geography, such as a health board's."""

from django.db import models
from django.db.models import Q

from moothall.bodies.models.area import Area


class Relation(models.TextChoices):
    """How two areas lie to each other."""

    EQUAL = "equal", "same boundary"
    CONTAINS = "contains", "wholly inside this area"
    WITHIN = "within", "contains this area"
    CROSSES = "crosses", "crosses the boundary"


class AreaGeography(models.Model):
    """One existing area that shares residents with an area of the plan."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="geographies")
    geography = models.CharField(max_length=40)
    role = models.CharField(max_length=40)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=160)
    people = models.PositiveIntegerField(help_text="Residents of both")
    share_of_area = models.DecimalField(max_digits=8, decimal_places=6)
    share_of_geography = models.DecimalField(max_digits=8, decimal_places=6)
    relation = models.CharField(max_length=10, choices=Relation)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                name="area_geography_once", fields=("area", "role", "geography", "code")
            ),
            models.CheckConstraint(
                name="area_geography_relation_is_known", condition=Q(relation__in=Relation.values)
            ),
            models.CheckConstraint(
                name="area_geography_shares_are_shares",
                condition=Q(share_of_area__range=(0, 1)) & Q(share_of_geography__range=(0, 1)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.area} and {self.name}"
