"""Django's description of the settings app."""

from django.apps import AppConfig


class SettingsConfig(AppConfig):
    """What may be set while Onrecord runs."""

    name = "onrecord.apps.settings"
    label = "settings"

    def ready(self) -> None:
        """Refuse to start on an environment that sets what cannot be."""
        from onrecord.apps.settings.policies import require_environment  # noqa: PLC0415 - models

        require_environment()
