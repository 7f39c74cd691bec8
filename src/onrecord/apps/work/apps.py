"""Django's description of the work app."""

from importlib import import_module

from django.apps import AppConfig


class WorkConfig(AppConfig):
    """Questions, actions and tasks."""

    name = "onrecord.apps.work"
    label = "work"

    def ready(self) -> None:
        """Add the lines of tasks, asks and letters to the morning."""
        import_module("onrecord.apps.work.morning_lines").join()
