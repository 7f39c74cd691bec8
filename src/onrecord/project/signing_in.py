"""What whoever runs an installation settles about signing in, read once and refused if unsafe."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from onrecord.core.permissions.table import roles

NO_ROLE = "none"
"""What is set where a password alone is enough: in a demonstration, and nowhere else."""


def second_factor_for(text: str) -> frozenset[str] | None:
    """Return the roles that the operator names: `required` all of them, `none` none.

    Nothing, where the operator says nothing: then what is set in the pages holds.

    Raises:
        ImproperlyConfigured: it names a role that does not exist, and so would protect nobody.
    """
    if not text.strip():
        return None
    if text.strip() == "required":
        return frozenset(roles())
    if text.strip() == NO_ROLE:
        return frozenset()
    named = frozenset(word.strip() for word in text.split(",") if word.strip())
    if unknown := sorted(named - set(roles())):
        raise ImproperlyConfigured(
            f"ONRECORD_SECOND_FACTOR: there is no role called {', '.join(unknown)}"
        )
    return named


def steps_either_side(text: str) -> int:
    """Return for how many half-minutes either side of its own a code from an app is taken.

    Raises:
        ImproperlyConfigured: it is neither nought nor one.
    """
    if text.strip() not in {"0", "1"}:
        raise ImproperlyConfigured("ONRECORD_CODE_STEPS must be 0 or 1")
    return int(text)


def context_words(text: str) -> tuple[str, ...]:
    """Return the names of a place that no password is to lean on, as set: with commas between."""
    return tuple(word.strip() for word in text.split(",") if word.strip())


def provider_address(text: str) -> str:
    """Return the address of an OpenID Connect provider, as set.

    Raises:
        ImproperlyConfigured: what it says could be changed on its way here.
    """
    parts = urlsplit(text.strip())
    if text and parts.scheme != "https" and parts.hostname not in {"127.0.0.1", "localhost"}:
        raise ImproperlyConfigured("ONRECORD_OPENID_ISSUER must begin with https://")
    return text.strip()
