"""The records of the hall, as Django knows them."""

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import Tags, register
from django.utils.module_loading import import_string

from moothall.records.checks import check_triggers_cannot_be_bypassed


class RecordsConfig(AppConfig):
    """The write path and the audit trail."""

    name = "moothall.records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Join the table of moves now, so that a faulty one stops the start."""
        register(check_triggers_cannot_be_bypassed, Tags.database)
        import_string(settings.MOVE_TABLE)
