"""Django's description of the organisations app."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Who holds what."""

    name = "onrecord.apps.organisations"
    label = "organisations"
