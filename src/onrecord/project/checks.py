"""Refuse to run where the database would let the application do too much."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from onrecord.core.kernel.errors import OnrecordError

_POWERS = """
SELECT CASE WHEN rolsuper THEN 'is a superuser' END,
       CASE WHEN rolcreaterole THEN 'may create roles' END,
       CASE WHEN rolcreatedb THEN 'may create databases' END,
       CASE WHEN rolbypassrls THEN 'passes row-level security' END,
       CASE WHEN pg_has_role(oid, 'onrecord_migrations', 'MEMBER')
            THEN 'is a member of onrecord_migrations' END,
       CASE WHEN has_database_privilege(current_database(), 'CREATE')
            THEN 'may create schemas' END,
       CASE WHEN EXISTS (SELECT FROM pg_namespace
                          WHERE nspname !~ '^pg_' AND has_schema_privilege(oid, 'CREATE'))
            THEN 'may create tables' END,
       CASE WHEN EXISTS (SELECT FROM pg_shdepend
                          WHERE refclassid = 'pg_authid'::regclass
                            AND refobjid = pg_roles.oid AND deptype = 'o'
                            AND dbid = (SELECT oid FROM pg_database
                                         WHERE datname = current_database())
                            AND NOT (classid = 'pg_class'::regclass AND EXISTS (
                                SELECT FROM pg_class WHERE pg_class.oid = objid
                                   AND relpersistence = 't')))
            THEN 'owns something' END
  FROM pg_roles WHERE rolname = current_user
"""


def excess_powers(alias: str = "default") -> list[str]:
    """Return what this alias's role can do and must not be able to, in words."""
    with connections[alias].cursor() as cursor:
        cursor.execute(_POWERS)
        return [power for power in cursor.fetchone() or () if power]


def refuse_excess_powers() -> None:
    """Stop here if the application's role has more power than it may have.

    Raises:
        OnrecordError: it has; what it has is named.
    """
    if powers := excess_powers():
        raise OnrecordError(
            f"The application's database role {', '.join(powers)}.",
            next_step="Take that away from onrecord_app before anything is served.",
        )


@register(Tags.database)
def application_role_is_weak(
    *, databases: Sequence[str] | None = None, **_options: Any
) -> list[CheckMessage]:
    """Report an application role that could change what it must only read."""
    if "default" not in (databases or ()):
        return []
    return [
        Error(f"The application's database role {power}.", id="onrecord.E001")
        for power in excess_powers()
    ]
