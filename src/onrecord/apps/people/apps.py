"""Django's description of the people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Resolved people and the search for them."""

    name = "onrecord.apps.people"
    label = "people"
