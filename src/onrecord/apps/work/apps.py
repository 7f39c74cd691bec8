"""Django's description of the work app."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    """Questions, actions and tasks."""

    name = "onrecord.apps.work"
    label = "work"
