"""Django's description of the exporting app."""

from django.apps import AppConfig


class ExportingConfig(AppConfig):
    """Files that leave."""

    name = "onrecord.apps.exporting"
    label = "exporting"
