"""What was set, by whom and why. Nothing here is ever changed: the last row counts."""

from django.db import models

from onrecord.core.kernel import clock


class SettingValue(models.Model):
    """One change of one setting. Never changed itself; the newest of a key is what holds."""

    key = models.CharField(max_length=64)
    value = models.CharField(max_length=32)
    before = models.CharField(max_length=32)
    reason = models.TextField()
    by = models.CharField(max_length=150)
    # Who agreed, where the change loosened a safeguard; nobody otherwise.
    agreed_by = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = (models.Index(fields=("key", "-id"), name="settings_value_newest"),)

    def __str__(self) -> str:
        return self.key
