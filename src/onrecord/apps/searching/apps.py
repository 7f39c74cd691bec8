"""Django's description of the searching app."""

from django.apps import AppConfig


class SearchingConfig(AppConfig):
    """Words of facts, found."""

    name = "onrecord.apps.searching"
    label = "searching"
