"""Django's description of the facts app."""

from django.apps import AppConfig


class FactsConfig(AppConfig):
    """The append-only store of dated, sourced facts."""

    name = "onrecord.apps.facts"
    label = "facts"
