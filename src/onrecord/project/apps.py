"""Registers the project's own checks with Django."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """The project as an app: it has checks and no tables."""

    name = "onrecord.project"
    label = "project"

    def ready(self) -> None:
        """Let `check` and `migrate` find the checks."""
        from onrecord.project import checks  # noqa: F401, PLC0415 (importing registers them)
