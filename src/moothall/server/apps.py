"""The server of the hall, as Django knows it: it brings the command that serves."""

from django.apps import AppConfig


class ServerConfig(AppConfig):
    """Commands that need the whole hall."""

    name = "moothall.server"
