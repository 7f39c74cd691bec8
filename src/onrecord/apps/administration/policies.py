"""Which roles one administrator cannot give alone."""

from onrecord.apps.access.roles import SEALED_ROLES, Role
from onrecord.core.permissions.table import Reach, reach

GIVE_GUARDED = "account:give_guarded_role"
"""The act that takes two people."""


def is_guarded(role: str) -> bool:
    """Tell whether a role reaches behind seals or into the compartment of victims."""
    return Role(role) in SEALED_ROLES or reach("victim:read", [role]) is not Reach.NONE


def roles_to_give() -> tuple[Role, ...]:
    """Return the roles that an account may have, by their label."""
    return tuple(
        sorted((role for role in Role if role is not Role.LOCAL_OPERATOR), key=lambda r: r.label)
    )


def roles_that_need_a_factor(who: str) -> frozenset[str]:
    """Return the roles that need a second factor, where `everybody`, `guarded` or `nobody` does."""
    if who == "nobody":
        return frozenset()
    return frozenset(
        role.value
        for role in Role
        if who == "everybody" or role is Role.ADMINISTRATOR or is_guarded(role)
    )


def agreed_about(username: str, role: str) -> str:
    """Return what two people agree about: this account, in this role, and no other."""
    return f"{username} as {role}"
