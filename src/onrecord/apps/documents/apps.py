"""Django's description of the documents app."""

from importlib import import_module

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Sealed documents and the copies that are looked at."""

    name = "onrecord.apps.documents"
    label = "documents"

    def ready(self) -> None:
        """Add what is overdue at the file desk to everybody's morning."""
        import_module("onrecord.apps.documents.morning_lines").join()
