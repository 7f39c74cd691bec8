"""Django's description of the linking app."""

from django.apps import AppConfig


class LinkingConfig(AppConfig):
    """Identity and incident judgements."""

    name = "onrecord.apps.linking"
    label = "linking"
