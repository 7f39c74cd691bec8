"""Django's description of the victims app."""

from django.apps import AppConfig


class VictimsConfig(AppConfig):
    """What is owed to victims, and the compartment in which they are named."""

    name = "onrecord.apps.victims"
    label = "victims"
