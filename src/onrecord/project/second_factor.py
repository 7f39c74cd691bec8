"""Whose accounts must have a second factor: everybody's, those of some roles, or nobody's."""

from django.core.exceptions import ImproperlyConfigured

from onrecord.core.permissions.table import roles


def second_factor_for(text: str) -> frozenset[str]:
    """Return the roles that a setting names; `required` names all of them.

    Raises:
        ImproperlyConfigured: it names a role that does not exist, and so would protect nobody.
    """
    if text.strip() == "required":
        return frozenset(roles())
    named = frozenset(word.strip() for word in text.split(",") if word.strip())
    if unknown := sorted(named - set(roles())):
        raise ImproperlyConfigured(
            f"ONRECORD_SECOND_FACTOR: there is no role called {', '.join(unknown)}"
        )
    return named
