"""Service recorded, packs, their lines, their withdrawal, and contests. None is ever changed."""

from typing import ClassVar

from django.db import models

from onrecord.apps.access.models import User
from onrecord.core.kernel import clock


class ServiceRecorded(models.Model):
    """A named person states that the subject of a case was served with notice: when, how, by whom."""

    HOW: ClassVar = [
        ("in_person", "In person"),
        ("post", "By recorded post"),
        ("representative", "Through a representative"),
        ("email", "By e-mail"),
    ]

    case_lineage = models.UUIDField(db_index=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="services_received")
    served_on = models.DateField()
    how = models.CharField(max_length=16, choices=HOW)
    served_by = models.CharField(max_length=200)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"service {self.pk}"


class Pack(models.Model):
    """What a named person released of a case to its subject, on one day."""

    lineage = models.UUIDField(unique=True)
    reference = models.CharField(max_length=16, unique=True)
    case_lineage = models.UUIDField(db_index=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="packs")
    service = models.ForeignKey(ServiceRecorded, on_delete=models.PROTECT)
    reason = models.TextField()
    released_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return self.reference


class PackLine(models.Model):
    """One released fact, in the words in which it was released."""

    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField()
    fact_id = models.BigIntegerField()
    kind = models.CharField(max_length=64)
    said = models.JSONField()

    class Meta:
        ordering = ("pack", "number")
        constraints = (
            models.UniqueConstraint(fields=("pack", "number"), name="disclosing_line_once"),
        )

    def __str__(self) -> str:
        return f"line {self.number}"


class PackWithdrawn(models.Model):
    """A pack was taken back: it is read no more, and what was contested stays."""

    pack = models.OneToOneField(Pack, on_delete=models.PROTECT, related_name="withdrawn")
    reason = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"withdrawn {self.pack_id}"


class Contest(models.Model):
    """The subject says that a released fact is not so, and why."""

    line = models.ForeignKey(PackLine, on_delete=models.PROTECT, related_name="contests")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    task = models.CharField(max_length=16)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"contest {self.pk}"
