"""Django's description of the intake app."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """What comes in, from where, and what was wrong with it."""

    name = "onrecord.apps.intake"
    label = "intake"
