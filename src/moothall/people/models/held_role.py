"""A role that a person holds, for which body, and from which day to which."""

from django.db import models
from django.db.models import F, Q

from moothall.people.models.person import Person
from moothall.people.roles import Role


class HeldRole(models.Model):
    """One person's role in one body; a role with no body is held at the centre."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="roles")
    role = models.CharField(max_length=20, choices=Role)
    body = models.CharField(max_length=20, blank=True, help_text="body-A01; empty at the centre")
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="held_role_is_a_known_role", condition=Q(role__in=Role.values)
            ),
            models.CheckConstraint(
                name="held_role_first_day_not_after_last",
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")),
            ),
            models.CheckConstraint(
                name="held_role_at_the_centre_has_no_body",
                condition=~Q(role=Role.CENTRE) | Q(body=""),
            ),
            models.UniqueConstraint(
                name="held_role_once_from_a_day", fields=("person", "role", "body", "first_day")
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"
