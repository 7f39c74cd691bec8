"""Organisations (forces, watchdogs, prosecutors) and their source systems."""

from django.db import models


class Organisation(models.Model):
    """A body that holds facts, decides or is told things. The code never changes."""

    code = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=32, default="force")

    def __str__(self) -> str:
        """Return the code."""
        return self.code


class Holder(models.Model):
    """One source system of one organisation: what can hold a fact."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="holders")
    system = models.CharField(max_length=64)
    name = models.CharField(max_length=200)

    class Meta:
        """One row a system of an organisation."""

        constraints = (
            models.UniqueConstraint(fields=("organisation", "system"), name="holder_once"),
        )

    def __str__(self) -> str:
        """Return `ORGANISATION:SYSTEM`."""
        return f"{self.organisation.code}:{self.system}"
