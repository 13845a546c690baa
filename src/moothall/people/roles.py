"""The roles that a person can hold: what each may do stands in every app's ``flow.py``."""

from django.db import models


class Role(models.TextChoices):
    """A part that a person plays in commissioning, in one body or at the centre."""

    CENTRE = "centre", "centre"
    LEADER = "leader", "leader"
    CABINET = "cabinet", "cabinet member"
    OFFICER = "officer", "commissioner officer"
    EVALUATOR = "evaluator", "evaluator"
    CO_COMMISSIONER = "co-commissioner", "co-commissioner"
    PROVIDER = "provider", "provider"
    AUDITOR = "auditor", "auditor"
