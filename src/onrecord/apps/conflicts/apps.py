"""Django's description of the conflicts app."""

from importlib import import_module

from django.apps import AppConfig


class ConflictsConfig(AppConfig):
    """Conflicts of interest, and what follows when the facts behind them change."""

    name = "onrecord.apps.conflicts"
    label = "conflicts"

    def ready(self) -> None:
        """Ask to be told whenever ties between accounts and cases may have changed."""
        import_module("onrecord.apps.conflicts.hooks").listen()
