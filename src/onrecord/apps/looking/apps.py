"""Django's description of the looking app."""

from importlib import import_module

from django.apps import AppConfig


class LookingConfig(AppConfig):
    """Alerts about unusual looking, and who looked."""

    name = "onrecord.apps.looking"
    label = "looking"

    def ready(self) -> None:
        """Add to everybody's morning what this app knows of."""
        import_module("onrecord.apps.looking.hooks").listen()
