"""A person who signs in, known by an office and never by an invented name."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q


class Person(AbstractBaseUser):
    """Someone who may act in the hall. What they may do follows from the roles they hold."""

    sign_in_name = models.CharField(max_length=80, unique=True)
    office = models.CharField(max_length=120, help_text="Devolution Unit, or Leader, Area 7")

    objects = BaseUserManager["Person"]()

    USERNAME_FIELD = "sign_in_name"

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="person_has_sign_in_name_and_office",
                condition=~Q(sign_in_name="") & ~Q(office=""),
            ),
        )

    def __str__(self) -> str:
        return self.office
