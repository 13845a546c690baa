"""An office of a body: the leader's, or the cabinet's; to be filled until someone holds it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from moothall.bodies.models.body import Body


class Office(models.Model):
    """One office; nobody is made up to fill it."""

    class Kind(models.TextChoices):
        """Who decides for a body."""

        LEADER = "leader", "Leader"
        CABINET = "cabinet", "Cabinet"

    body = models.ForeignKey(Body, models.PROTECT, related_name="offices")
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=120, blank=True, help_text="What the office is called")
    basis = models.CharField(max_length=200, blank=True, help_text="What it rests on")
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="offices_held"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                name="office_one_leader_a_body", fields=("body",), condition=Q(kind="leader")
            ),
            models.CheckConstraint(
                name="office_kind_is_known", condition=Q(kind__in=("leader", "cabinet"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.title or self.get_kind_display()}, {self.body}"
