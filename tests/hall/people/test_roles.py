"""A role is held by someone, for one body, from one day to another; anything else is refused."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from moothall.people.actions import open_office
from moothall.people.models import HeldRole, Person
from moothall.people.queries import holds
from moothall.people.roles import Role

TODAY = date(2026, 11, 22)


@pytest.fixture
def leader(db: None) -> Person:
    return open_office(
        sign_in_name="leader-a01",
        office="Leader, Northmarch",
        role=Role.LEADER,
        body="body-A01",
        first_day=TODAY,
    )


def test_a_role_is_held_from_its_first_day_to_its_last(leader: Person) -> None:
    HeldRole.objects.update(last_day=TODAY + timedelta(days=9))

    days = [TODAY + timedelta(days=n) for n in (-1, 0, 9, 10)]
    held = [holds("leader-a01", roles={"leader"}, body="body-A01", day=day) for day in days]

    assert held == [False, True, True, False]


@pytest.mark.parametrize(
    ("name", "roles", "body"),
    [
        ("leader-a01", {"centre"}, "body-A01"),
        ("leader-a01", {"leader"}, "body-A02"),
        ("leader-a01", {"leader"}, ""),
        ("nobody", {"leader"}, "body-A01"),
        ("leader-a01", set(), "body-A01"),
    ],
)
@pytest.mark.usefixtures("leader")
def test_no_other_role_body_or_person_will_do(name: str, roles: set[str], body: str) -> None:
    assert not holds(name, roles=roles, body=body, day=TODAY)


def test_an_office_is_opened_once(leader: Person) -> None:
    again = open_office(
        sign_in_name="leader-a01",
        office="Leader, Northmarch",
        role=Role.LEADER,
        body="body-A01",
        first_day=timezone.localdate(),
    )

    assert again == leader
    assert HeldRole.objects.count() == 1


def test_an_office_cannot_sign_in_until_someone_sets_a_password(leader: Person) -> None:
    assert not leader.has_usable_password()
    assert str(leader) == "Leader, Northmarch"
