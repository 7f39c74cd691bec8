"""Django's view of the database: one alias per role, all of one store."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from onrecord.project.address import ServerAddress, parse_database_url
from onrecord.project.home import DATABASE_URL_VARIABLE, Home
from onrecord.project.postgres import EmbeddedServer
from onrecord.project.roles import (
    COMPARTMENT_SCHEMA,
    OPEN_SCHEMAS,
    Role,
    ensure_database,
    ensure_roles,
    prepare_database,
    role_password,
)

ALIASES = {
    "default": Role.APP,
    "migrations": Role.MIGRATIONS,
    "sequencer": Role.SEQUENCER,
    "reader": Role.READER,
    "compartment": Role.COMPARTMENT,
}
RESET_VARIABLE = "ONRECORD_RESET_ROLES"
# Unqualified names resolve in every schema, and anything created lands in public.
_SEARCH_PATH = ",".join(("public", *OPEN_SCHEMAS, COMPARTMENT_SCHEMA))


def is_embedded() -> bool:
    """Whether this installation runs its own PostgreSQL."""
    return not os.environ.get(DATABASE_URL_VARIABLE)


def administrator(home: Home) -> ServerAddress:
    """Return how the database's administrator gets in."""
    if url := os.environ.get(DATABASE_URL_VARIABLE):
        return parse_database_url(url)
    return EmbeddedServer(home).address


def is_prepared(home: Home) -> bool:
    """Whether this home was ever opened, so that addresses can be had without making it."""
    return home.secrets.is_file()


@contextmanager
def running_server(home: Home) -> Iterator[ServerAddress]:
    """Have a server, with roles and a prepared database, for the length of this block."""
    if not is_embedded():
        admin = administrator(home)
        ensure_roles(admin, home, reset=os.environ.get(RESET_VARIABLE) == "1")
        prepare_database(admin, admin.dbname)
        yield admin
        return
    with EmbeddedServer(home).running() as admin:
        ensure_roles(admin.to("postgres"), home)
        ensure_database(admin.to("postgres"), admin.dbname)
        prepare_database(admin, admin.dbname)
        yield admin


def django_databases(home: Home, admin: ServerAddress, *, pool: bool) -> dict[str, dict[str, Any]]:
    """Return DATABASES for this store, each alias signed in as its own role."""
    return {
        alias: _entry(admin, role, role_password(home, role), pool=pool and alias == "default")
        for alias, role in ALIASES.items()
    }


def unset_databases() -> dict[str, dict[str, Any]]:
    """Return DATABASES that lead nowhere: for tools that load settings without a store."""
    nowhere = ServerAddress(host="/nonexistent", port=5432, user="nobody", dbname="onrecord")
    return {alias: _entry(nowhere, role, "", pool=False) for alias, role in ALIASES.items()}


def _entry(admin: ServerAddress, role: Role, password: str, *, pool: bool) -> dict[str, Any]:
    options: dict[str, Any] = {
        **dict(admin.options),
        "options": f"-c search_path={_SEARCH_PATH} -c timezone=UTC",
        "application_name": str(role),
    }
    if pool:
        options["pool"] = {"min_size": 1, "max_size": 8, "timeout": 20}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": admin.dbname,
        "HOST": admin.host,
        "PORT": str(admin.port),
        "USER": str(role),
        "PASSWORD": password,
        "CONN_HEALTH_CHECKS": pool,
        "OPTIONS": options,
    }


class Router:
    """Tables are made by the migrations role alone; rows go through the application's."""

    def db_for_read(self, _model: object, **_hints: object) -> str:
        """Read as the application unless a query says otherwise."""
        return "default"

    def db_for_write(self, _model: object, **_hints: object) -> str:
        """Write as the application unless a query says otherwise."""
        return "default"

    def allow_relation(self, _one: object, _other: object, **_hints: object) -> bool:
        """All aliases are one database."""
        return True

    def allow_migrate(self, db: str, _app_label: str, **_hints: object) -> bool:
        """Whether tables may be made through this alias."""
        return db == "migrations"
