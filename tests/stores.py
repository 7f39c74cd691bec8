"""Databases for tests: one cluster a run, one template, a fresh copy for whoever asks.

The same supervisor, roles and migrations as a real home, with durability off.
Copying a template takes a few hundredths of a second where it lies in memory
(a tenth of what it takes on a disk), so a test that commits gets a database of
its own and nothing has to be cleaned up.
"""

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.db import connections
from psycopg import sql

from onrecord.cli.session import Store
from onrecord.project.address import ServerAddress
from onrecord.project.database import django_databases, unset_databases
from onrecord.project.home import Home
from onrecord.project.migrating import migrate
from onrecord.project.postgres import EmbeddedServer
from onrecord.project.roles import (
    Role,
    ensure_database,
    ensure_roles,
    grant_database,
    prepare_database,
)

TEMPLATE = "onrecord_template"
_MEMORY = Path("/dev/shm")  # noqa: S108 (a folder with a random name is made in it)
_ENOUGH_MEMORY = 2 * 2**30


class Cluster:
    """A running PostgreSQL with a migrated template in it."""

    def __init__(self, home: Home, admin: ServerAddress) -> None:
        self.home = home
        self.admin = admin.to("postgres")
        self._numbers = itertools.count(1)

    def make_template(self) -> None:
        """Prepare and migrate the database that every test's copy is made from."""
        ensure_roles(self.admin, self.home)
        ensure_database(self.admin, TEMPLATE)
        prepare_database(self.admin, TEMPLATE)
        with django_at(Store(self.home, self.admin.to(TEMPLATE))):
            migrate()

    @contextmanager
    def copy(self) -> Iterator[Store]:
        """Make a copy of the template for the length of this block."""
        name = f"onrecord_copy_{next(self._numbers)}"
        # File by file: through the log, as is the default, takes five times as long in memory.
        statement = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY FILE_COPY")
        with psycopg.connect(self.admin.dsn(), autocommit=True) as connection:
            names = map(sql.Identifier, (name, Role.MIGRATIONS, TEMPLATE))
            connection.execute(statement.format(*names))
            grant_database(connection, name)
        try:
            yield Store(self.home, self.admin.to(name))
        finally:
            with psycopg.connect(self.admin.dsn(), autocommit=True) as connection:
                drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
                connection.execute(drop.format(sql.Identifier(name)))


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """Start a cluster in a folder of its own, and leave nothing behind."""
    folder = Path(tempfile.mkdtemp(prefix="onrecord-test-", dir=_fastest_place()))
    home = Home(folder)
    try:
        with EmbeddedServer(home, durable=False).running() as admin:
            cluster = Cluster(home, admin)
            cluster.make_template()
            yield cluster
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _fastest_place() -> Path:
    """Return a folder in memory where there is room (a container may have next to none)."""
    usable = _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK)
    if usable and shutil.disk_usage(_MEMORY).free > _ENOUGH_MEMORY:
        return _MEMORY
    return Path("/tmp")  # noqa: S108 (as above)


@contextmanager
def django_at(store: Store) -> Iterator[None]:
    """Point every one of Django's aliases at `store`, each as its real role."""
    before = {alias: dict(connections.databases[alias]) for alias in unset_databases()}
    _point(django_databases(store.home, store.admin, pool=False))
    try:
        yield
    finally:
        _point(before)


def _point(entries: dict) -> None:
    for alias, entry in entries.items():
        connections[alias].close()
        connections.databases[alias].update(entry)


@contextmanager
def acting(reason="a test changes a row by hand"):
    """Change rows of guarded tables by hand, as an act on the ledger."""
    from onrecord.apps.audit.services import recording
    from onrecord.core.ledger.actors import Actor, ActorKind

    actor = Actor("a-test", ActorKind.SYSTEM)
    with recording(actor, "projection:refresh", object_kind="test", object_ref="x", reason=reason):
        yield
