"""Which roles one administrator cannot give alone."""

from onrecord.apps.access.policies import GIVE_GUARDED as GIVE_GUARDED
from onrecord.apps.access.policies import is_guarded as is_guarded
from onrecord.apps.access.policies import takes_two_to_give as takes_two_to_give
from onrecord.apps.access.roles import Role


def roles_to_give() -> tuple[Role, ...]:
    """Return the roles that an account may have, by their label."""
    return tuple(
        sorted((role for role in Role if role is not Role.LOCAL_OPERATOR), key=lambda r: r.label)
    )


def agreed_about(username: str, role: str) -> str:
    """Return what two people agree about: this account, in this role, and no other."""
    return f"{username} as {role}"


def let_in_as(role: str) -> str:
    """Return what two people agree about where an account is let in again: no change of role."""
    return f"{role}, let in again"
