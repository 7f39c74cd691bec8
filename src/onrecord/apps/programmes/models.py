"""Saved cohort definitions and the frozen results they gave.

Both are kept for ever: a result cites the version of the definition it came
from, and a decision will cite the result.
"""

from typing import ClassVar

from django.db import models

from onrecord.core.kernel import clock


class CohortDefinition(models.Model):
    """One version of a definition, as it was written."""

    table_class: ClassVar[str] = "account"

    name = models.CharField(max_length=100)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    yaml = models.TextField()
    content_hash = models.CharField(max_length=64)
    created_by = models.CharField(max_length=150)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    event_id = models.BigIntegerField()

    class Meta:
        """A version says one thing for ever."""

        ordering = ("name", "-version")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("name", "version"), name="cohort_definition_version_once"
            )
        ]

    def __str__(self) -> str:
        """Return name and version as one would cite them."""
        return f"{self.name} v{self.version}"


class CohortResult(models.Model):
    """One frozen result; its rows lie in a file named by the hash."""

    table_class: ClassVar[str] = "account"

    definition = models.ForeignKey(
        CohortDefinition, on_delete=models.PROTECT, related_name="results"
    )
    snapshot_id = models.CharField(max_length=64)
    position = models.BigIntegerField()
    known_on = models.DateField(null=True)
    hash = models.CharField(max_length=64, unique=True)
    counts = models.JSONField()
    created_by = models.CharField(max_length=150)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    event_id = models.BigIntegerField()

    class Meta:
        """Newest first."""

        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        """Return the hash."""
        return self.hash
