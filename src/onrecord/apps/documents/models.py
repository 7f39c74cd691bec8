"""Documents, the copies that are looked at, and everything that was done with each."""

from typing import ClassVar

from django.db import models

from onrecord.apps.access.models import Wall
from onrecord.core.kernel import clock

SEALED, REFUSED, QUARANTINED = "sealed", "refused", "quarantined"


class Document(models.Model):
    """One uploaded file: sealed under the hash of its bytes, never changed, never shown itself.

    `refused` says that it is kept as evidence and no copy of it may be looked at here;
    `quarantined` that it is handed to nobody until a scanner calls it clean.
    """

    STATES: ClassVar = [
        (SEALED, "Sealed"), (REFUSED, "Kept, cannot be shown"), (QUARANTINED, "Quarantined"),
    ]  # fmt: skip

    lineage = models.UUIDField(unique=True)
    reference = models.CharField(max_length=16, unique=True)
    title = models.CharField(max_length=120)
    # What it was called where it came from: read, never used as a name of anything.
    original_name = models.CharField(max_length=130)
    organisation_code = models.CharField(max_length=64)
    case_lineage = models.UUIDField(null=True, blank=True, db_index=True)
    record_lineage = models.UUIDField(null=True, blank=True, db_index=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    kind = models.CharField(max_length=16)
    media_type = models.CharField(max_length=120)
    ending = models.CharField(max_length=8)
    state = models.CharField(max_length=16, choices=STATES)
    why_not = models.CharField(max_length=200, blank=True)
    scan = models.CharField(max_length=20)
    uploaded_by = models.CharField(max_length=150)
    uploaded_at = models.DateTimeField(default=clock.now)
    wall = models.ForeignKey(Wall, null=True, blank=True, on_delete=models.PROTECT)

    def __str__(self) -> str:
        return self.reference


class ViewingCopy(models.Model):
    """A copy made here to be looked at: the whole document, or one with words blacked out."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="copies")
    number = models.PositiveIntegerField()
    is_redacted = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField(default=clock.now)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("document", "number"), name="documents_copy_number"),
        )

    def __str__(self) -> str:
        return f"copy {self.number}"


class CopyPage(models.Model):
    """One page of a viewing copy: its words, and its picture where it has one."""

    copy = models.ForeignKey(ViewingCopy, on_delete=models.PROTECT, related_name="pages")
    number = models.PositiveIntegerField()
    words = models.TextField(blank=True)
    # The hash under which the picture lies in the store of copies; empty if there is none.
    picture = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("copy", "number"), name="documents_page_number"),
        )

    def __str__(self) -> str:
        return f"page {self.number}"


class DocumentStep(models.Model):
    """One thing that happened to a document: by whom, when, in which words. Never changed."""

    KINDS: ClassVar = [
        (kind, kind.replace("_", " ").capitalize())
        for kind in ("uploaded", "scanned", "copied", "not_copied", "quarantined", "taken_out",
                     "redacted")
    ]  # fmt: skip

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=16, choices=KINDS)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=clock.now)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return self.kind


SOUGHT, LOCATED, REQUESTED, RECEIVED = "sought", "located", "requested", "received"
SCANNED, NOT_FOUND, DESTROYED = "scanned", "not_found", "destroyed"
OUTSTANDING = (SOUGHT, LOCATED, REQUESTED, RECEIVED)
"""The states in which somebody still has to do something about a file."""


class FileSought(models.Model):
    """A paper or missing file that somebody needs: who was asked, by when, and how it stands."""

    STATES: ClassVar = [
        (SOUGHT, "Sought"), (LOCATED, "Located"), (REQUESTED, "Requested"),
        (RECEIVED, "Received"), (SCANNED, "Scanned"), (NOT_FOUND, "Not found"),
        (DESTROYED, "Destroyed"),
    ]  # fmt: skip

    lineage = models.UUIDField(unique=True)
    reference = models.CharField(max_length=16, unique=True)
    title = models.CharField(max_length=120)
    organisation_code = models.CharField(max_length=64)
    case_lineage = models.UUIDField(null=True, blank=True, db_index=True)
    record_lineage = models.UUIDField(null=True, blank=True, db_index=True)
    state = models.CharField(max_length=16, choices=STATES, default=SOUGHT)
    asked_of = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True, blank=True)
    chased = models.PositiveIntegerField(default=0)
    opened_by = models.CharField(max_length=150)
    opened_at = models.DateTimeField(default=clock.now)
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT)
    wall = models.ForeignKey(Wall, null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        indexes = (models.Index(fields=("state", "due_on"), name="documents_file_due"),)

    def __str__(self) -> str:
        return self.reference


class FileStep(models.Model):
    """One thing that happened in seeking a file: by whom, when, in their words. Never changed."""

    KINDS: ClassVar = [
        (kind, kind.replace("_", " ").capitalize())
        for kind in ("opened", "located", "requested", "chased", "received", "scanned",
                     "not_found", "destroyed", "note")
    ]  # fmt: skip

    file = models.ForeignKey(FileSought, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=16, choices=KINDS)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=clock.now)
    words = models.TextField()
    asked_of = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True, blank=True)
    # Where a file was destroyed: under which retention schedule, and who confirmed it.
    schedule = models.CharField(max_length=120, blank=True)
    confirmed_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return self.kind
