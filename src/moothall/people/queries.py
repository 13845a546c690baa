"""Read who holds which role. The only reader of this app's tables."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from moothall.people.models import HeldRole


def holds(sign_in_name: str, *, roles: Collection[str], body: str, day: date) -> bool:
    """Say whether a person holds one of these roles, for this body, on this day.

    A body of ``""`` is the centre. Nobody holds a role that is not written down.
    """
    in_force = Q(first_day__lte=day) & (Q(last_day=None) | Q(last_day__gte=day))
    return HeldRole.objects.filter(
        in_force, person__sign_in_name=sign_in_name, role__in=roles, body=body
    ).exists()
