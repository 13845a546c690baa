"""A devolution plan that the hall was constituted from, and what lets anyone run it again."""

from django.db import models
from django.db.models import Q

from moothall.records.models import Entity


class DevolutionPlan(Entity):
    """One plan folder: its digest, its seed, the core's version and plan.json as it stood.

    At most one is constituted. Another takes its place; the old one stays to be read.
    """

    CONSTITUTED = "constituted"
    REPLACED = "replaced"

    area_plan = models.OneToOneField(
        "bodies.AreaPlan", models.PROTECT, related_name="devolution_plan"
    )
    name = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64, help_text="Of the folder's datapackage.json")
    core_version = models.CharField(max_length=20)
    seed = models.BigIntegerField()
    cost = models.DecimalField(max_digits=14, decimal_places=12, help_text="F, lower is better")
    bound = models.DecimalField(
        max_digits=14,
        decimal_places=12,
        null=True,
        help_text="No plan can cost less; null if unproven",
    )
    gap_ratio = models.DecimalField(max_digits=14, decimal_places=12, null=True)
    record = models.JSONField(help_text="plan.json, whole")
    constituted_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                name="devolution_plan_one_constituted",
                fields=("state",),
                condition=Q(state="constituted"),
            ),
            models.CheckConstraint(
                name="devolution_plan_state_is_known",
                condition=Q(state__in=("constituted", "replaced")),
            ),
            models.CheckConstraint(
                name="devolution_plan_bound_and_gap_together",
                condition=Q(bound=None, gap_ratio=None) | Q(bound__isnull=False, gap_ratio__gte=0),
            ),
        )

    def __str__(self) -> str:
        return self.name
