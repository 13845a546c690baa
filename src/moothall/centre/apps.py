"""The centre of the hall, as Django knows it."""

from django.apps import AppConfig


class CentreConfig(AppConfig):
    """Devolution plans, settlements and negotiations."""

    name = "moothall.centre"
    default_auto_field = "django.db.models.BigAutoField"
