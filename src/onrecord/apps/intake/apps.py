"""Django's description of the intake app."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """What comes in, from where, and what was wrong with it."""

    name = "onrecord.apps.intake"
    label = "intake"

    def ready(self) -> None:
        """Add new batches to the morning."""
        from onrecord.apps.intake.morning_lines import batch_lines  # noqa: PLC0415 - once models are there
        from onrecord.apps.work.morning import register  # noqa: PLC0415 - once models are there

        register("batches", batch_lines, after=80)
