"""Django's description of the signing-in app."""

from importlib import import_module

from django.apps import AppConfig


class SigningInConfig(AppConfig):
    """Sessions, second factors and service keys."""

    name = "onrecord.apps.signing_in"
    label = "signing_in"

    def ready(self) -> None:
        """End sign-ins and keys with the account that they are of."""
        closing = import_module("onrecord.apps.access.services").AT_CLOSE
        closing.append(import_module("onrecord.apps.signing_in.services").end_everything_of)
