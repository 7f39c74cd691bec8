"""Django's description of the programmes app."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """Which past cases are to be looked at again."""

    name = "onrecord.apps.programmes"
    label = "programmes"
