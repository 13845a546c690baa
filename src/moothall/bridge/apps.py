"""The bridge, as Django knows it: it brings the command that constitutes the hall."""

from django.apps import AppConfig


class BridgeConfig(AppConfig):
    """The only app that imports the core."""

    name = "moothall.bridge"
