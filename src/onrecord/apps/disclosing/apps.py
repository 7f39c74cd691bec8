"""Django's description of the disclosing app."""

from django.apps import AppConfig


class DisclosingConfig(AppConfig):
    """Packs released to subjects, and contests of what is in them."""

    name = "onrecord.apps.disclosing"
    label = "disclosing"
