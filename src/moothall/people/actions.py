"""Open an office and give it a role. The only writer of this app's tables.

People stand beside ``records`` on the lowest floor, so they are not written through
``records.flow``: an office must exist before the first move can be made by anyone.
"""

from datetime import date

from django.db import transaction

from moothall.people.models import HeldRole, Person
from moothall.people.roles import Role


@transaction.atomic
def open_office(
    *, sign_in_name: str, office: str, role: Role, first_day: date, body: str = ""
) -> Person:
    """Return the person who holds this office, made with the role if not there yet.

    The office cannot sign in: it has no usable password until someone sets one.
    """
    person = Person.objects.filter(sign_in_name=sign_in_name).first()
    if person is None:
        person = Person(sign_in_name=sign_in_name, office=office)
        person.set_unusable_password()
        person.save()
    HeldRole.objects.get_or_create(
        person=person, role=role, body=body, last_day=None, defaults={"first_day": first_day}
    )
    return person
