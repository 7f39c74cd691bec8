"""Batches: what was imported, from which files, by whom, and whether it was taken back."""

from typing import Any, ClassVar

from django.db import models

from onrecord.core.kernel.clock import now


class Batch(models.Model):
    """One import that wrote something. An account of what happened; facts point to its event."""

    table_class: ClassVar[str] = "account"

    batch_id = models.UUIDField(primary_key=True)
    reference = models.CharField(max_length=16, unique=True)
    source = models.CharField(max_length=64, db_index=True)
    title = models.CharField(max_length=300)
    description_sha256 = models.CharField(max_length=64)
    description_text = models.TextField()
    code_version = models.CharField(max_length=100)
    files: "models.JSONField[list[dict[str, Any]]]" = models.JSONField(default=list)
    event_id = models.BigIntegerField(unique=True)
    coverage = models.CharField(max_length=8, choices=[("full", "Full"), ("delta", "Delta")])
    is_live = models.BooleanField(default=False)
    extract_date = models.DateField()
    actor = models.CharField(max_length=200)
    imported_at = models.DateTimeField(default=now)
    tables: "models.JSONField[list[dict[str, Any]]]" = models.JSONField(default=list)
    kinds: "models.JSONField[list[dict[str, Any]]]" = models.JSONField(default=list)
    health: "models.JSONField[dict[str, Any]]" = models.JSONField(default=dict)
    rejects_file = models.CharField(max_length=200, blank=True)
    seconds = models.FloatField(default=0)
    is_projected = models.BooleanField(default=False)
    undone_event = models.BigIntegerField(null=True, blank=True)
    undone_by = models.CharField(max_length=200, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Newest first."""

        ordering = ("-event_id",)

    def __str__(self) -> str:
        """Return the reference that a person types."""
        return self.reference


class PseudonymKey(models.Model):
    """This installation's secret, mixed into what protected parties are called.

    Without it somebody who may read pseudonyms could try names until one fits. It
    lies in the database so that a restored backup goes on calling them the same.
    """

    table_class: ClassVar[str] = "account"

    only_row = models.BooleanField(primary_key=True, default=True)
    value = models.CharField(max_length=64)

    class Meta:
        """There is one."""

        constraints = (
            models.CheckConstraint(condition=models.Q(only_row=True), name="one_pseudonym_key"),
        )

    def __str__(self) -> str:
        """Return nothing of the secret."""
        return "pseudonym key"
