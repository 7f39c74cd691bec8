"""Tasks, and the steps of each: what was asked, of whom, by when, and what came of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from onrecord.apps.access.models import Team, User, Wall
from onrecord.core.kernel import clock

OPEN, RESULTED, REVIEWED, WITHDRAWN = "open", "resulted", "reviewed", "withdrawn"


class Task(models.Model):
    """Something that somebody has to answer or do: a question, an action or a task.

    Its title names nobody; who may see it is worked out from what it is about, the wall
    it stands behind if any, and whose it is.
    """

    STATES: ClassVar = [
        (OPEN, "Open"), (RESULTED, "Resulted"), (REVIEWED, "Reviewed"), (WITHDRAWN, "Withdrawn"),
    ]  # fmt: skip

    lineage = models.UUIDField(unique=True)
    reference = models.CharField(max_length=16, unique=True)
    # A code of the list of kinds of task, which the service keeps (`apps/settings`).
    kind = models.CharField(max_length=16)
    title = models.CharField(max_length=120)
    organisation_code = models.CharField(max_length=64)
    case_lineage = models.UUIDField(null=True, blank=True, db_index=True)
    record_lineage = models.UUIDField(null=True, blank=True, db_index=True)
    owner = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks"
    )
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks"
    )
    raised_by = models.CharField(max_length=150)
    raised_at = models.DateTimeField(default=clock.now)
    due_on = models.DateField(null=True, blank=True)
    escalate_to = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks_escalated"
    )
    escalated_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=16, choices=STATES, default=OPEN)
    # Whose hands gave the result: no account of theirs may review it.
    resulted_by = models.CharField(max_length=150, blank=True)
    wall = models.ForeignKey(Wall, null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        indexes = (
            models.Index(fields=("owner", "state", "due_on"), name="work_task_owner"),
            models.Index(fields=("team", "state", "due_on"), name="work_task_team"),
            models.Index(fields=("escalate_to", "state", "due_on"), name="work_task_escalation"),
            models.Index(fields=("raised_by", "state"), name="work_task_raiser"),
            models.Index(
                fields=("organisation_code", "due_on"),
                condition=Q(owner=None, state=OPEN),
                name="work_task_unallocated",
            ),
        )

    def __str__(self) -> str:
        return self.reference


class TaskStep(models.Model):
    """One thing that happened to a task: by whom, when, and in their words. Never changed."""

    KINDS: ClassVar = [
        (kind, kind.replace("_", " ").capitalize())
        for kind in (
            "raised", "allocated", "handed_over", "due_changed", "resulted", "referred_back",
            "reviewed", "escalated", "note", "withdrawn",
        )
    ]  # fmt: skip

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=16, choices=KINDS)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=clock.now)
    reason = models.TextField()
    # To whom, where the step hands it to somebody; the new day, where it moves the day.
    to = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="task_steps_to"
    )
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return self.kind


class CaseNote(models.Model):
    """Something written down about a case by somebody who works on it. Never changed."""

    case_lineage = models.UUIDField(db_index=True)
    # A code of the list of kinds of note; none (which the row's
    # digest on the ledger passes over) where it was written before there was one.
    kind = models.CharField(max_length=16, null=True, blank=True)  # noqa: DJ001 - see above
    words = models.TextField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"note {self.pk}"


class PolicyEntry(models.Model):
    """One numbered decision in the policy file of a case. Never changed.

    A correction is an entry of its own, which points back to what it corrects.
    """

    case_lineage = models.UUIDField()
    number = models.PositiveIntegerField()
    decision = models.TextField()
    options_rejected = models.TextField()
    reasons = models.TextField()
    advice_taken = models.TextField(blank=True)
    corrects = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections"
    )
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("case_lineage", "number"), name="work_policy_number"),
        )

    def __str__(self) -> str:
        return f"entry {self.number}"


class Letter(models.Model):
    """One line of the register of correspondence: a letter sent, or one that came. Never changed.

    A letter that asked for a reply waits until another line answers it: the reply, or the
    statement that none is waited for any more. To whom, and about what, is said without names.
    """

    KINDS: ClassVar = [("out", "Sent"), ("in", "Received"), ("ended", "No reply waited for")]

    lineage = models.UUIDField(unique=True)
    reference = models.CharField(max_length=16, unique=True)
    case_lineage = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=8, choices=KINDS)
    # A code of the list of kinds of letter; none, as with a
    # note's, where it was entered before there was one.
    form = models.CharField(max_length=16, null=True, blank=True)  # noqa: DJ001 - as above
    correspondent = models.CharField(max_length=120)
    subject = models.CharField(max_length=120)
    words = models.TextField()
    dated_on = models.DateField()
    reply_due_on = models.DateField(null=True, blank=True, db_index=True)
    answers = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="answered_by"
    )
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-dated_on", "-pk")

    def __str__(self) -> str:
        return self.reference


class Notice(models.Model):
    """Somebody is told that something waits for them. It holds no words: it leads to the thing.

    Where the thing is hidden from them afterwards, the notice is too.
    """

    KINDS: ClassVar = [("mention", "Mention"), ("given", "Given"), ("escalated", "Escalated")]

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=16, choices=KINDS)
    task = models.ForeignKey(Task, null=True, blank=True, on_delete=models.PROTECT)
    note = models.ForeignKey(CaseNote, null=True, blank=True, on_delete=models.PROTECT)
    case_lineage = models.UUIDField(null=True, blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("user", "at"), condition=Q(seen_at=None), name="work_notice_unseen"
            ),
        )

    def __str__(self) -> str:
        return self.kind


class Mail(models.Model):
    """An e-mail that says how many things wait, and nothing else; sent as soon as a mailer takes it."""

    STATES: ClassVar = [("waiting", "Waiting"), ("sent", "Sent"), ("dropped", "Dropped")]

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="mails")
    state = models.CharField(max_length=8, choices=STATES, default="waiting")
    queued_at = models.DateTimeField(default=clock.now)
    next_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("next_at",), condition=Q(state="waiting"), name="work_mail_due"),
        )

    def __str__(self) -> str:
        return self.state


class MailAttempt(models.Model):
    """One try to hand an e-mail to the mailer, and how it went, by code. Never changed."""

    mail = models.ForeignKey(Mail, on_delete=models.PROTECT, related_name="attempts")
    at = models.DateTimeField(default=clock.now)
    outcome = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.outcome
