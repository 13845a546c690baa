"""The audit trail, and the base of everything that moves through states."""

from moothall.records.models.audit_event import AuditEvent
from moothall.records.models.entity import NEW, Entity

__all__ = ["NEW", "AuditEvent", "Entity"]
