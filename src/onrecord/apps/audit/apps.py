"""Django's description of the audit app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The ledger of acts and looks."""

    name = "onrecord.apps.audit"
    label = "audit"
