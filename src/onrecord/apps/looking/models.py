"""What the rules of looking said, and what a responsible officer made of it."""

from typing import ClassVar

from django.db import models

from onrecord.apps.access.models import User
from onrecord.core.kernel import clock


class LookAlert(models.Model):
    """One rule spoke about one account. There is no score: it spoke, and says why. Never changed.

    Attributes:
        about: the reference of the person or case concerned; empty for nothing in particular.
        rows: numbers of the looks in the ledger that it rests on.
        unless: what would explain it.
    """

    rule = models.CharField(max_length=64)
    version = models.SmallIntegerField()
    account = models.ForeignKey(User, on_delete=models.PROTECT, related_name="look_alerts")
    organisation_code = models.CharField(max_length=64)
    about = models.CharField(max_length=32, blank=True)
    looked_at = models.DateTimeField()
    made_at = models.DateTimeField(default=clock.now)
    sentence = models.TextField()
    unless = models.TextField()
    rows: "models.JSONField[list[int]]" = models.JSONField(default=list)

    class Meta:
        ordering = ("-looked_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("rule", "account", "about", "looked_at"), name="looking_alert_once"
            ),
        )

    def __str__(self) -> str:
        return f"alert {self.pk}"


class LookAnswer(models.Model):
    """A responsible officer said what they made of an alert. Never changed; a later one stands."""

    OUTCOMES: ClassVar = [
        ("explained", "Explained: there was a reason"),
        ("follow_up", "Followed up elsewhere"),
        ("mistaken", "The prompt was mistaken"),
    ]

    alert = models.ForeignKey(LookAlert, on_delete=models.PROTECT, related_name="answers")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    outcome = models.CharField(max_length=16, choices=OUTCOMES)
    words = models.TextField()

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"answer {self.pk}"
