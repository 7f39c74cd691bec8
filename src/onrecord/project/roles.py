"""The database roles, and what each may do before any table exists.

One role per duty, so that a hole in the application is not a hole in the
record: the role that serves pages cannot create, drop or own anything, and
cannot see the compartment in which victims and reporters are named.

Roles belong to a whole server, databases to one home or one test. Ordinary
account tables (schema `public`) are open to the application by default; what a
role may do in the other schemas is written in those schemas' own migrations.
"""

import hashlib
import inspect
import sys
from enum import StrEnum

import psycopg
from psycopg import sql

from onrecord.core.kernel.errors import OnrecordError
from onrecord.project.address import ServerAddress
from onrecord.project.home import Home
from onrecord.project.secret_store import existing_secret, secret


class Role(StrEnum):
    """Who may sign in to the database."""

    MIGRATIONS = "onrecord_migrations"
    APP = "onrecord_app"
    SEQUENCER = "onrecord_sequencer"
    READER = "onrecord_reader"
    COMPARTMENT = "onrecord_compartment"


OPEN_SCHEMAS = ("facts", "ledger", "projection")
COMPARTMENT_SCHEMA = "compartment"
EXTENSIONS = ("pg_trgm", "unaccent")
# Any number: it keeps two processes from preparing one server at once.
_LOCK = 8710_0001
_LIVING = (Role.APP, Role.SEQUENCER, Role.READER, Role.COMPARTMENT)


def role_password(home: Home, role: Role) -> str:
    """Return the password kept in this home for `role`."""
    return secret(home, str(role))


def ensure_roles(admin: ServerAddress, home: Home, *, reset: bool = False) -> None:
    """Make the five roles where they are missing.

    Raises:
        OnrecordError: a role exists, with a password this home never knew.
    """
    with psycopg.connect(admin.dsn(), autocommit=True) as connection:
        _wait_turn(connection)
        found = connection.execute("SELECT rolname FROM pg_roles").fetchall()
        existing = {name for (name,) in found}
        for role in Role:
            known = existing_secret(home, str(role)) is not None
            if role in existing and not known and not reset:
                raise OnrecordError(
                    f"The server already has the role {role}, made from another home.",
                    next_step="Copy that home's secrets.json here, or set ONRECORD_RESET_ROLES=1 "
                    "to give every role a new password and lock the other home out.",
                )
            if role not in existing or reset:
                _make(connection, role, role_password(home, role), alter=role in existing)


def ensure_database(admin: ServerAddress, dbname: str) -> None:
    """Make the database where it is missing, owned by the migrations role."""
    with psycopg.connect(admin.dsn(), autocommit=True) as connection:
        _wait_turn(connection)
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [dbname])
        if known.fetchone() is None:
            _become_member(connection)
            statement = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'")
            connection.execute(
                statement.format(sql.Identifier(dbname), sql.Identifier(Role.MIGRATIONS))
            )


def prepare_database(admin: ServerAddress, dbname: str) -> None:
    """Put extensions, schemas and the first grants into one database. Harmless to repeat."""
    with psycopg.connect(admin.dsn(dbname), autocommit=True) as connection:
        if _mark(connection) == _MARK:
            return
        with connection.transaction():
            _wait_turn(connection)
            _become_member(connection)
            for name in EXTENSIONS:
                _do(connection, "CREATE EXTENSION IF NOT EXISTS {} SCHEMA public", name)
            for name in (*OPEN_SCHEMAS, COMPARTMENT_SCHEMA):
                _do(connection, "CREATE SCHEMA IF NOT EXISTS {} AUTHORIZATION {}", name,
                    Role.MIGRATIONS)  # fmt: skip
            _grant_schemas(connection)
            _grant_by_default(connection)
        grant_database(connection, dbname)


def grant_database(connection: psycopg.Connection, dbname: str) -> None:
    """Say who may connect to `dbname`; a copied database does not inherit this."""
    _do(connection, "REVOKE ALL ON DATABASE {} FROM PUBLIC", dbname)
    _do(connection, "GRANT CONNECT, CREATE, TEMPORARY ON DATABASE {} TO {}", dbname,
        Role.MIGRATIONS)  # fmt: skip
    for role in _LIVING:
        _do(connection, "GRANT CONNECT ON DATABASE {} TO {}", dbname, role)
    # Temporary tables are how an import is staged; they own nothing afterwards.
    _do(connection, "GRANT TEMPORARY ON DATABASE {} TO {}", dbname, Role.APP)
    comment = sql.SQL("COMMENT ON DATABASE {} IS {}")
    connection.execute(comment.format(sql.Identifier(dbname), sql.Literal(_MARK)))


def _grant_schemas(connection: psycopg.Connection) -> None:
    _do(connection, "REVOKE ALL ON SCHEMA {} FROM PUBLIC", "public")
    _do(connection, "GRANT USAGE, CREATE ON SCHEMA {} TO {}", "public", Role.MIGRATIONS)
    for role in _LIVING:
        for schema in ("public", *OPEN_SCHEMAS):
            _do(connection, "GRANT USAGE ON SCHEMA {} TO {}", schema, role)
    _do(connection, "GRANT USAGE ON SCHEMA {} TO {}", COMPARTMENT_SCHEMA, Role.COMPARTMENT)


def _grant_by_default(connection: psycopg.Connection) -> None:
    by = "ALTER DEFAULT PRIVILEGES FOR ROLE {} IN SCHEMA public GRANT "
    tables = by + "SELECT, INSERT, UPDATE, DELETE ON TABLES TO {}"
    _do(connection, tables, Role.MIGRATIONS, Role.APP)
    _do(connection, by + "USAGE, SELECT ON SEQUENCES TO {}", Role.MIGRATIONS, Role.APP)


def _make(connection: psycopg.Connection, role: Role, password: str, *, alter: bool) -> None:
    verb = "ALTER" if alter else "CREATE"
    statement = sql.SQL(verb + " ROLE {} LOGIN NOCREATEDB NOCREATEROLE INHERIT PASSWORD {}")
    connection.execute(statement.format(sql.Identifier(role), sql.Literal(password)))


def _become_member(connection: psycopg.Connection) -> None:
    """Let an administrator who is no superuser hand things to the migrations role."""
    asked = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    row = asked.fetchone()
    if row is not None and not row[0]:
        _do(connection, "GRANT {} TO CURRENT_USER", Role.MIGRATIONS)


def _do(connection: psycopg.Connection, statement: str, *names: str) -> None:
    connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _wait_turn(connection: psycopg.Connection) -> None:
    # Advisory locks live in one database; the session's end gives it back.
    connection.execute("SELECT pg_advisory_lock(%s)", [_LOCK])


def _mark(connection: psycopg.Connection) -> str | None:
    asked = connection.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
        " WHERE datname = current_database()"
    )
    row = asked.fetchone()
    return row[0] if row else None


# Changes with this file, so that an upgraded program prepares its database again.
_MARK = "onrecord " + hashlib.sha256(
    inspect.getsource(sys.modules[__name__]).encode()
).hexdigest()[:16]  # fmt: skip
