"""What a verb needs before it can do anything: a store, somebody who acts, a reason."""

import os
import pwd
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import click

from onrecord.core.kernel.errors import NotPermittedError, UsageError
from onrecord.core.ledger.actors import LOCAL_OPERATOR, Actor, ActorKind
from onrecord.project.address import ServerAddress
from onrecord.project.database import is_embedded, running_server
from onrecord.project.home import HOME_VARIABLE, Home, find_home
from onrecord.project.roles import Role, role_password
from onrecord.project.secret_store import secret

REASON_VARIABLE = "ONRECORD_REASON"
SETTINGS = "onrecord.project.settings.production"

reason_option = click.option(
    "--reason", envvar=REASON_VARIABLE, default="", help="Why you look or act; it is recorded."
)
"""The option of every verb that reads about people or writes."""


@dataclass(frozen=True, slots=True)
class Store:
    """One opened installation: its home and its database."""

    home: Home
    admin: ServerAddress

    def dsn(self, role: Role = Role.READER) -> str:
        """Return how `role` signs in, in libpq's notation (for COPY and ADBC)."""
        return self.admin.signed_in_as(str(role), role_password(self.home, role)).dsn()


_in_use: ContextVar[Store | None] = ContextVar("onrecord_store", default=None)


@contextmanager
def store(home: Home | None = None, *, migrate: bool = True) -> Iterator[Store]:
    """Open a store: server up, roles made, tables current, Django ready.

    Inside another `store()` (or a test's), that one is used.
    """
    if (opened := _in_use.get()) is not None:
        yield opened
        return
    home = (home or find_home()).prepare()
    secret(home, "django")
    with running_server(home) as admin:
        os.environ[HOME_VARIABLE] = str(home.root)
        _set_up_django()
        try:
            if migrate:
                _bring_up_to_date()
            with using(Store(home, admin)) as opened:
                yield opened
        finally:
            _close_connections()


@contextmanager
def using(opened: Store) -> Iterator[Store]:
    """Let `store()` find this one (tests, and verbs that call verbs)."""
    token = _in_use.set(opened)
    try:
        yield opened
    finally:
        _in_use.reset(token)


def as_demonstration() -> None:
    """Let a password alone sign in to what this command serves or proves: invented people only.

    Whoever set something else keeps it. Every page then says so.
    """
    os.environ.setdefault("ONRECORD_SECOND_FACTOR", "none")


@dataclass(frozen=True, slots=True)
class ActingAs:
    """Who acts in this command, and for what reason."""

    actor: Actor
    role: str
    reason: str


def acting_as(
    *, reason: str = "", reason_needed: bool = False, runs_installation: bool = False
) -> ActingAs:
    """Return who acts in a command that nobody has signed in to (docs/adr/0008).

    In an embedded home that is its operating-system owner. On a database server it
    is nobody, except for verbs that run the installation and show no person: those
    act as the system, with the operating-system account that typed them. With
    `runs_installation` a verb says that it is one of these: it sets up, fills or
    copies the store, and neither shows a person nor decides anything about one.

    Raises:
        UsageError: a reason is needed and none was given.
        NotPermittedError: this needs somebody who is signed in.
    """
    reason = (reason or os.environ.get(REASON_VARIABLE, "")).strip()
    if reason_needed and not reason:
        raise UsageError(
            "This needs a reason, which is recorded.",
            next_step=f'Add --reason "…" or set {REASON_VARIABLE}.',
        )
    if is_embedded():
        return ActingAs(LOCAL_OPERATOR, "local_operator", reason)
    if runs_installation:
        return ActingAs(Actor(f"os:{_account_name()}", ActorKind.SYSTEM), "administrator", reason)
    raise NotPermittedError(
        "Nobody is signed in, and on a database server this verb needs somebody who is.",
        next_step="Type: onrecord login USERNAME",
    )


def _account_name() -> str:
    """Return who typed this, as the operating system knows them; never from the environment."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # a container may run under a number that has no name
        return f"uid-{os.getuid()}"


def _set_up_django() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()


def _bring_up_to_date() -> None:
    from onrecord.project.checks import refuse_excess_powers
    from onrecord.project.migrating import migrate

    migrate()
    refuse_excess_powers()


def _close_connections() -> None:
    from django.db import connections

    connections.close_all()
    for connection in connections.all(initialized_only=True):
        close_pool = getattr(connection, "close_pool", None)
        if close_pool is not None:
            close_pool()
