"""Who may do what, straight from the table of permissions.

These answer for a role. What a wall, a conflict or the compartment keeps from one
account is asked where things are read; nothing there widens what is said here.
"""

from onrecord.apps.access.roles import SEALED_ROLES, Role
from onrecord.core.kernel.errors import NotPermittedError
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.permissions.table import Reach, permissions
from onrecord.core.permissions.table import reach as reach_of_roles

GIVE_GUARDED = "account:give_guarded_role"
"""The act by which an account gets a role that one administrator cannot give alone."""


def reach(viewer: Viewer, verb: str) -> Reach:
    """Return how far this viewer may go with `verb`.

    Raises:
        KeyError: the verb is not in the table; nothing is permitted that is not written down.
    """
    row = permissions()[verb]
    if row.is_human_only and viewer.kind != "person":
        return Reach.NONE
    if viewer.kind == "service" and verb not in (viewer.scopes or ()):
        return Reach.NONE
    return reach_of_roles(verb, viewer.roles_for(verb))


def is_guarded(role: str) -> bool:
    """Tell whether a role reaches behind seals or into the compartment of victims."""
    return Role(role) in SEALED_ROLES or reach_of_roles("victim:read", [role]) is not Reach.NONE


def takes_two_to_give(role: str) -> bool:
    """Tell whether one administrator alone cannot give a role: guarded ones, and their own."""
    return Role(role) is Role.ADMINISTRATOR or is_guarded(role)


def is_agreeable(verb: str, role: str) -> bool:
    """Tell whether this role may agree to a verb that takes two: administrators to no role of these."""
    return verb != GIVE_GUARDED or role != Role.ADMINISTRATOR


def may(viewer: Viewer, verb: str) -> bool:
    """Tell whether this viewer may do `verb` at all, to anything."""
    return reach(viewer, verb) is not Reach.NONE


def require(viewer: Viewer, verb: str) -> None:
    """Refuse what the table does not permit.

    Raises:
        NotPermittedError: it is not this account's to do, or the sign-in is too old for it.
    """
    if not may(viewer, verb):
        raise NotPermittedError(
            "Your account is not for this work.",
            next_step="Ask the person who gave you the account, or a colleague whose duty it is.",
        )
    if permissions()[verb].needs_fresh_sign_in and viewer.kind == "person" and not viewer.is_fresh:
        raise FreshSignInNeededError(
            "This needs your password or key once more.",
            next_step="Sign in again; you will be brought back.",
        )


class FreshSignInNeededError(NotPermittedError):
    """A sensitive act was asked for long after the person last proved who they are."""
