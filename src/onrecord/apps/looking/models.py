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

    @property
    def is_waiting(self) -> bool:
        """Tell whether it waits for the officer: nobody answered, or the person asked has said how it was."""
        answers, said = list(self.answers.all()), list(self.said.all())
        if not answers:
            return True
        last = answers[-1]
        return last.outcome == "asked" and any(one.at > last.at for one in said)

    @property
    def is_asked(self) -> bool:
        """Tell whether it waits for the person whom it is about."""
        answers, said = list(self.answers.all()), list(self.said.all())
        asked = [one.at for one in answers if one.outcome == "asked"]
        return (
            bool(asked)
            and answers[-1].outcome == "asked"
            and not any(one.at > asked[-1] for one in said)
        )


class LookAnswer(models.Model):
    """A responsible officer said what they made of an alert. Never changed; a later one stands."""

    OUTCOMES: ClassVar = [
        ("asked", "Ask the person how it was"),
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


class LookSaid(models.Model):
    """The person whom an alert is about said how it was, once an officer had asked. Never changed."""

    alert = models.ForeignKey(LookAlert, on_delete=models.PROTECT, related_name="said")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    words = models.TextField()

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"said {self.pk}"
