"""One thing that was done or refused. Rows are inserted; nothing changes or removes them."""

from django.db import models
from django.db.models import Q


class AuditEvent(models.Model):
    """A link of the hash chain (``records.chain``): tamper-evident, kept by triggers."""

    seq = models.PositiveBigIntegerField(primary_key=True)
    event = models.TextField(help_text="Canonical JSON, exactly as hashed")
    leaf = models.CharField(max_length=64)
    link = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("seq",)
        constraints = (
            models.CheckConstraint(name="audit_event_seq_from_one", condition=Q(seq__gte=1)),
        )

    def __str__(self) -> str:
        return f"Event {self.seq}"
