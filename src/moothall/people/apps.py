"""The people of the hall, as Django knows them."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People, the roles they hold and for which body."""

    name = "moothall.people"
    default_auto_field = "django.db.models.BigAutoField"
