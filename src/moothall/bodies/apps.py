"""The bodies of the hall, as Django knows them."""

from django.apps import AppConfig


class BodiesConfig(AppConfig):
    """Area plans, areas, blocks, bodies and their offices."""

    name = "moothall.bodies"
    default_auto_field = "django.db.models.BigAutoField"
