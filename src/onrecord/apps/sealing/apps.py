"""Django's description of the sealing app."""

from django.apps import AppConfig


class SealingConfig(AppConfig):
    """Seals, the questions asked of their owners, and intelligence."""

    name = "onrecord.apps.sealing"
    label = "sealing"
