"""Django's description of the signing-in app."""

from django.apps import AppConfig


class SigningInConfig(AppConfig):
    """Sessions, second factors and service keys."""

    name = "onrecord.apps.signing_in"
    label = "signing_in"
