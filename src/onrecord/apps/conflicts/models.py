"""What people declared of themselves, what was decided on it, and who stepped away."""

from typing import ClassVar

from django.db import models

from onrecord.apps.access.models import User
from onrecord.core.conflicts.ties import Tie
from onrecord.core.kernel import clock


class Declaration(models.Model):
    """Somebody said how they are tied to a person on record. Never changed."""

    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="declarations")
    record_lineage = models.UUIDField(db_index=True)
    tie = models.CharField(max_length=16, choices=[(tie.value, tie.value) for tie in Tie])
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    words = models.TextField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"declaration {self.pk}"


class Withdrawn(models.Model):
    """Somebody took their declaration back, and said why; what they had said stays. Never changed."""

    declaration = models.OneToOneField(
        Declaration, on_delete=models.PROTECT, related_name="withdrawn"
    )
    reason = models.TextField()
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"declaration {self.declaration_id} withdrawn"


class Decision(models.Model):
    """Whether somebody may work on a case despite a *declare and decide* conflict. Never changed.

    It covers the conflicts that were seen when it was made (`covers`) and no later one.
    """

    OUTCOMES: ClassVar = [
        ("may_work", "May work on the case"),
        ("may_work_with_conditions", "May work on the case, with safeguards"),
        ("may_not_work", "May not work on the case"),
    ]

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="conflict_decisions")
    case_lineage = models.UUIDField(db_index=True)
    outcome = models.CharField(max_length=32, choices=OUTCOMES)
    reason = models.TextField()
    mitigations = models.TextField(blank=True)
    covers = models.CharField(max_length=64)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"decision {self.pk}"


class Recusal(models.Model):
    """Somebody stepped away from a case. Never changed."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="recusals")
    case_lineage = models.UUIDField(db_index=True)
    reason = models.TextField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"recusal {self.pk}"


class Override(models.Model):
    """Three human beings let somebody work despite a conflict, until a day. Never changed."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="overrides")
    case_lineage = models.UUIDField(db_index=True)
    ask_id = models.BigIntegerField()
    reason = models.TextField()
    covers = models.CharField(max_length=64)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    until_at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"override {self.pk}"


class OutsideDecider(models.Model):
    """Too few here are unconflicted: a case goes to somebody outside for decision. Never changed."""

    case_lineage = models.UUIDField(db_index=True)
    organisation = models.CharField(max_length=200)
    decider = models.CharField(max_length=200)
    reason = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"outside decider {self.pk}"


class Covert(models.Model):
    """A case is known only to its circle from one moment to another."""

    case_lineage = models.UUIDField(db_index=True)
    reason = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    review_on = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"covert {self.pk}"


class CovertChoice(models.Model):
    """How somebody who is barred is kept from a case without being told by what changes. Never changed.

    The last choice stands. *Leave and monitor* lifts a bar that was worked out until `until_at`,
    never longer than to the end of the next day, and never for somebody's own case.
    """

    CHOICES: ClassVar = [
        ("block", "Block"),
        ("block_under_cover", "Block under cover of a bulk re-allocation"),
        ("leave_and_monitor", "Leave and monitor"),
    ]

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="covert_choices")
    case_lineage = models.UUIDField(db_index=True)
    choice = models.CharField(max_length=24, choices=CHOICES)
    reason = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    until_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"covert choice {self.pk}"
