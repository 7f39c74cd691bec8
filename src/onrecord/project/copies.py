"""A database beside a store's own, made from it: for proofs that need two worlds of one past."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connections
from psycopg import sql

from onrecord.project.address import ServerAddress
from onrecord.project.database import django_databases
from onrecord.project.home import Home
from onrecord.project.roles import Role, grant_database


@contextmanager
def copied(admin: ServerAddress, name: str) -> Iterator[ServerAddress]:
    """Make a copy of the database at `admin`, called `name`, for the length of this block.

    Nothing may be connected to it meanwhile; Django's own connections are closed here.
    """
    for connection in connections.all():
        connection.close()
    names = [sql.Identifier(text) for text in (name, str(Role.MIGRATIONS), admin.dbname)]
    with psycopg.connect(admin.to("postgres").dsn(), autocommit=True) as server:
        made = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY FILE_COPY")
        server.execute(made.format(*names))
        grant_database(server, name)
    try:
        yield admin.to(name)
    finally:
        with psycopg.connect(admin.to("postgres").dsn(), autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(names[0]))


@contextmanager
def django_at(home: Home, admin: ServerAddress) -> Iterator[None]:
    """Point every one of Django's aliases at a database, each as its real role."""
    entries = django_databases(home, admin, pool=False)
    before = {alias: dict(connections.databases[alias]) for alias in entries}
    _point(entries)
    try:
        yield
    finally:
        _point(before)


def _point(entries: dict[str, dict[str, object]]) -> None:
    for alias, entry in entries.items():
        connections[alias].close()
        connections.databases[alias].update(entry)
