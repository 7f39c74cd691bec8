"""Searches that somebody keeps, for themself or for their team."""

from django.db import models

from onrecord.apps.access.models import Team, User
from onrecord.core.kernel import clock


class SavedSearch(models.Model):
    """Words, places and a day, under a name: what somebody looks for again and again.

    Whose it is, and whose team's; what it finds is worked out anew for whoever runs it.
    """

    name = models.CharField(max_length=60)
    words = models.CharField(max_length=100)
    places = models.CharField(max_length=80)
    on = models.DateField(null=True, blank=True)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="saved_searches")
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, related_name="saved_searches"
    )
    at = models.DateTimeField(default=clock.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return f"saved search {self.pk}"
