"""What whoever runs an installation settles about signing in, read once and refused if unsafe."""

from urllib.parse import urlsplit

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


def provider_address(text: str) -> str:
    """Return the address of an OpenID Connect provider, as set.

    Raises:
        ImproperlyConfigured: what it says could be changed on its way here.
    """
    parts = urlsplit(text.strip())
    if text and parts.scheme != "https" and parts.hostname not in {"127.0.0.1", "localhost"}:
        raise ImproperlyConfigured("ONRECORD_OPENID_ISSUER must begin with https://")
    return text.strip()
