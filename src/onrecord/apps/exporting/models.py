"""What left as a file."""

from django.db import models

from onrecord.apps.access.models import User
from onrecord.core.kernel import clock


class Export(models.Model):
    """One list that somebody took out. Never changed; the file itself is not kept.

    Attributes:
        what, of: which list, and of which case or person, by reference.
        sha256: of the file, so that a file found elsewhere can be known again.
    """

    what = models.CharField(max_length=32)
    of = models.CharField(max_length=80, blank=True)
    file_format = models.CharField(max_length=8)
    reason = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="exports")
    at = models.DateTimeField(default=clock.now)
    rows = models.IntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"export {self.pk}"
