"""Django's description of the sealing app."""

from importlib import import_module

from django.apps import AppConfig


class SealingConfig(AppConfig):
    """Seals, the questions asked of their owners, and intelligence."""

    name = "onrecord.apps.sealing"
    label = "sealing"

    def ready(self) -> None:
        """Add to everybody's morning what this app knows of."""
        import_module("onrecord.apps.sealing.hooks").listen()
