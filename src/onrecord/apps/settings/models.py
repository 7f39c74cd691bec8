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


class TermChange(models.Model):
    """One change of one term of a list: added, renamed, retired or taken up again. Never changed.

    The newest row of a term is how it stands. None is ever deleted: what used it still shows it.
    """

    vocabulary = models.CharField(max_length=32)
    code = models.CharField(max_length=16)
    label = models.CharField(max_length=60)
    meaning = models.CharField(max_length=120, blank=True)
    is_retired = models.BooleanField(default=False)
    what = models.CharField(max_length=16)
    reason = models.TextField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = (models.Index(fields=("vocabulary", "code", "-id"), name="settings_term_newest"),)

    def __str__(self) -> str:
        return f"{self.vocabulary} {self.code}"


class TextVersion(models.Model):
    """One version of a template, or its being retired or offered again. Never changed.

    The newest row of a template is how it stands; a number is drawn for each new text.
    """

    code = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    use = models.CharField(max_length=8)
    name = models.CharField(max_length=60)
    title = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    is_retired = models.BooleanField(default=False)
    what = models.CharField(max_length=16)
    reason = models.TextField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = (models.Index(fields=("code", "-id"), name="settings_text_newest"),)

    def __str__(self) -> str:
        return f"{self.code} {self.number}"
