"""What is kept about a seal beside the wall itself: its reviews, the questions, what came out of it."""

from typing import ClassVar

from django.db import models

from onrecord.apps.access.models import User, Wall
from onrecord.core.kernel import clock


class SealReview(models.Model):
    """Somebody looked whether a seal is still needed. Never changed."""

    OUTCOMES: ClassVar = [("kept", "Kept"), ("lifted", "Lifted")]

    wall = models.ForeignKey(Wall, on_delete=models.PROTECT, related_name="reviews")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    outcome = models.CharField(max_length=16, choices=OUTCOMES)
    reason = models.TextField()
    next_review_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"review {self.pk}"


class SealQuestion(models.Model):
    """Somebody asked counter-corruption about a person or a case, sealed or not.

    It is stored and answered alike in both cases, and the asker sees the same: that an
    answer has not come yet, or what it says.
    """

    reference = models.CharField(max_length=16, unique=True)
    thing_kind = models.CharField(max_length=16)
    lineage = models.UUIDField(db_index=True)
    organisation_code = models.CharField(max_length=64)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    words = models.TextField()

    class Meta:
        ordering = ("-asked_at", "-id")

    def __str__(self) -> str:
        return self.reference


class SealAnswer(models.Model):
    """What the owner of a seal, or the head of counter-corruption, chose to answer. Never changed."""

    question = models.ForeignKey(SealQuestion, on_delete=models.PROTECT, related_name="answers")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    words = models.TextField()

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"answer {self.pk}"


class Development(models.Model):
    """Sealed intelligence was made into an allegation that can be put to somebody. Never changed.

    The link between the two stands behind the wall; the allegation says nothing of it.
    """

    wall = models.ForeignKey(Wall, on_delete=models.PROTECT, related_name="developments")
    report_lineage = models.UUIDField(null=True)
    case_lineage = models.UUIDField()
    allegation_lineage = models.UUIDField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    reason = models.TextField()

    class Meta:
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"development {self.pk}"


class AlertSeen(models.Model):
    """Somebody behind a seal has dealt with a look at what it covers, and said how. Never changed."""

    wall = models.ForeignKey(Wall, on_delete=models.PROTECT, related_name="alerts_seen")
    consultation = models.BigIntegerField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    words = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("wall", "consultation"), name="sealing_alert_once"),
        )

    def __str__(self) -> str:
        return f"alert {self.consultation}"
