"""What is kept about victims outside the compartment: lineages and codes, never a name or free text."""

import uuid

from django.db import models

from onrecord.core.conduct.distinct import Answer
from onrecord.core.conduct.victims import ENTRY_KINDS
from onrecord.core.kernel import clock


class Entry(models.Model):
    """One dated statement about a victim in one case; a later one supersedes it, nothing erases it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case_lineage = models.UUIDField()
    party_lineage = models.UUIDField()
    kind = models.CharField(max_length=32)
    what = models.CharField(max_length=32, blank=True)
    state = models.CharField(max_length=32, blank=True)
    channel = models.CharField(max_length=32, blank=True)
    on_day = models.DateField()
    recorded_by = models.CharField(max_length=150)
    recorded_at = models.DateTimeField(default=clock.now)
    # Whether anything was written freely with it: that lies in the compartment.
    has_words = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=sorted(ENTRY_KINDS)), name="victims_entry_kind_is_known"
            ),
        )
        indexes = (models.Index(fields=("case_lineage", "party_lineage"), name="victims_entry_of"),)

    def __str__(self) -> str:
        return f"entry {self.pk}"


class Match(models.Model):
    """Somebody compared two parties inside the compartment; only the answer is kept here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    one_case = models.UUIDField()
    one_party = models.UUIDField()
    other_case = models.UUIDField()
    other_party = models.UUIDField()
    answer = models.CharField(max_length=16, choices=[(a.value, a.value) for a in Answer])
    recorded_by = models.CharField(max_length=150)
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(answer__in=[a.value for a in Answer]),
                name="victims_match_answer_is_known",
            ),
            # One way round: the same two parties are always the same pair.
            models.CheckConstraint(
                condition=models.Q(one_party__lt=models.F("other_party")),
                name="victims_match_is_one_way_round",
            ),
        )
        indexes = (
            models.Index(fields=("one_party", "other_party"), name="victims_match_pair"),
            models.Index(fields=("other_party",), name="victims_match_other"),
        )

    def __str__(self) -> str:
        return f"match {self.pk}"
