"""Whose sign-in takes more than a password."""

from django.conf import settings

from onrecord.apps.access.policies import is_guarded
from onrecord.apps.access.roles import Role


def roles_asked_for_a_factor(set_to: str) -> frozenset[str]:
    """Return the roles that need a second factor: as the operator says, else as people have set it.

    `set_to` is `everybody`, `guarded` or `nobody`.
    """
    named: frozenset[str] | None = settings.SECOND_FACTOR
    if named is not None:
        return named
    if set_to == "nobody":
        return frozenset()
    return frozenset(
        role.value
        for role in Role
        if set_to == "everybody" or role is Role.ADMINISTRATOR or is_guarded(role)
    )
