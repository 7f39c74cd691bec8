"""Django's description of the documents app."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Sealed documents and the copies that are looked at."""

    name = "onrecord.apps.documents"
    label = "documents"
