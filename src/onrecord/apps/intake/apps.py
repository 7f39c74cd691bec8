"""Django's description of the intake app."""

from importlib import import_module

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """What comes in, from where, and what was wrong with it."""

    name = "onrecord.apps.intake"
    label = "intake"

    def ready(self) -> None:
        """Add new batches to the morning."""
        import_module("onrecord.apps.intake.morning_lines").join()
