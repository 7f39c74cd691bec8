"""Django's description of the work app."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    """Questions, actions and tasks."""

    name = "onrecord.apps.work"
    label = "work"

    def ready(self) -> None:
        """Add the lines of tasks and of asks to the morning."""
        from onrecord.apps.work.morning import register  # noqa: PLC0415 - once models are there
        from onrecord.apps.work.morning_lines import ask_lines, task_lines  # noqa: PLC0415 - once models are there

        register("tasks", task_lines, after=10)
        register("agreements", ask_lines, after=20)
