"""One account of every role, in the circles that their work would put them in."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.test import Client

    from onrecord.core.kernel.viewers import Viewer

PASSWORD = "an invented pass phrase for proving"  # noqa: S105 - of accounts in a store that is thrown away
ORGANISATION = "NSP"


def roles() -> tuple[str, ...]:
    """Return every role that an account can have."""
    from onrecord.apps.access.roles import Role

    return tuple(role.value for role in Role if role is not Role.LOCAL_OPERATOR)


def make_accounts() -> None:
    """Make one account a role, called after it."""
    from onrecord.apps.access.roles import Role
    from onrecord.apps.access.services import create_user
    from onrecord.core.ledger.actors import LOCAL_OPERATOR

    for role in roles():
        create_user(
            actor=LOCAL_OPERATOR, reason="proving", username=role.replace("_", "."),
            display_name=Role(role).label, organisation_code=ORGANISATION, role=Role(role),
            password=PASSWORD,
        )  # fmt: skip


def viewer_of_role(role: str) -> "Viewer":
    """Return the account of a role as somebody who looks."""
    from onrecord.apps.access.selectors import user_named, viewer_for_user

    user = user_named(role.replace("_", "."))
    return viewer_for_user(user, reason="proving", page="onrecord assure")


def signed_in(role: str) -> "Client":
    """Return a client in which the account of a role has signed in and said why it looks."""
    return signed_in_as(role.replace("_", "."))


def signed_in_as(username: str) -> "Client":
    """Return a client in which an account has signed in and said why it looks."""
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"}, raise_request_exception=False)
    client.post("/account/sign-in", {"username": username, "password": PASSWORD})
    client.post("/looking", {"reason": "proving, case 1", "next": "/"})
    return client


def bar_everybody(of_roles: "Iterable[str]", lineages: "Iterable[UUID]") -> None:
    """Bar every account from these things, as working out conflicts of interest does."""
    from onrecord.apps.access.services import bar_account
    from onrecord.apps.audit.services import recording
    from onrecord.core.ledger.actors import Actor, ActorKind

    prover = Actor("proving", ActorKind.SYSTEM)
    with recording(prover, "views:prove", object_kind="proof", object_ref="bars", reason="proving"):
        for role in of_roles:
            for lineage in lineages:
                bar_account(role.replace("_", "."), lineage)
