"""What a setting may be, and when a change of it loosens a safeguard."""

import os

from django.core.exceptions import ImproperlyConfigured

from onrecord.apps.settings.declared import SETTINGS, Looser, Setting
from onrecord.core.kernel.errors import DataRejectedError


def by_operator(setting: Setting) -> str:
    """Return what the environment says in its place; empty where it says nothing."""
    return os.environ.get(setting.environment, "").strip()


def require_environment() -> None:
    """Refuse an environment that sets a number to what is none.

    The operator may go beyond what the pages allow: they answer for the machine.

    Raises:
        ImproperlyConfigured: a variable holds no whole number above nothing.
    """
    for setting in SETTINGS.values():
        said = by_operator(setting)
        if said and not setting.options and not (said.isdecimal() and int(said) > 0):
            raise ImproperlyConfigured(
                f"{setting.environment} must be a whole number of {setting.unit}, 1 or more."
            )


def require_possible(setting: Setting, value: str) -> str:
    """Return a value as it is kept.

    Raises:
        DataRejectedError: it is none of the choices, no whole number, or outside its bounds.
    """
    if setting.options:
        if value not in dict(setting.options):
            raise DataRejectedError("That is none of the choices.", next_step="Choose one.")
        return value
    typed = value.strip()
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 10) or not (  # noqa: PLR2004
        setting.lowest <= int(typed) <= setting.highest
    ):
        raise DataRejectedError(
            f"It must be a whole number from {setting.lowest:,} to {setting.highest:,}.",
            next_step=f"Enter it in {setting.unit}.",
        )
    return str(int(typed))


def loosens(setting: Setting, before: str, value: str) -> bool:
    """Tell whether going from one value to another weakens a safeguard."""
    if setting.looser is Looser.NEITHER:
        return False
    if setting.options:
        order = [name for name, _ in setting.options]
        return order.index(value) > order.index(before)
    if setting.looser is Looser.HIGHER:
        return int(value) > int(before)
    return int(value) < int(before)


def worded(setting: Setting, value: str) -> str:
    """Return a value as people say it."""
    if setting.options:
        return dict(setting.options).get(value, value)
    one = setting.unit.removesuffix("s") if setting.unit != "tries" else "try"
    return f"{int(value):,} {one if value == '1' else setting.unit}"
