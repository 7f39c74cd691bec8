"""Django's description of the access app."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Accounts and roles."""

    name = "onrecord.apps.access"
    label = "access"
