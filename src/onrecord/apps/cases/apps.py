"""Django's description of the cases app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases, incidents and their bundles."""

    name = "onrecord.apps.cases"
    label = "cases"
