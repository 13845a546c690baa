"""The first of the four steps, as Django knows it."""

from django.apps import AppConfig


class UnderstandConfig(AppConfig):
    """What areas need, and how they vary."""

    name = "moothall.understand"
    default_auto_field = "django.db.models.BigAutoField"
