"""What somebody has against a judgement. It is never changed; a judgement after it settles it."""

from typing import ClassVar

from django.db import models

from onrecord.core.kernel import clock


class Contest(models.Model):
    """Somebody holds a judgement of two records to be wrong, and says why."""

    judgement_lineage = models.UUIDField(db_index=True)
    reason = models.TextField()
    contested_by = models.CharField(max_length=150)
    position = models.BigIntegerField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ("at", "pk")

    def __str__(self) -> str:
        return f"contest {self.pk}"
