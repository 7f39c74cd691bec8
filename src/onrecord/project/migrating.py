"""Bring the database to what this version expects, as the role that owns the tables."""

from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from onrecord.project.roles import Role

ALIAS = "migrations"


def is_up_to_date(alias: str = ALIAS) -> bool:
    """Whether every migration of this version has been applied."""
    executor = MigrationExecutor(connections[alias])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def migrate(*, verbosity: int = 0) -> bool:
    """Apply what is missing; return whether anything was."""
    if is_up_to_date():
        return False
    call_command("migrate", database=ALIAS, interactive=False, verbosity=verbosity)
    with connections[ALIAS].cursor() as cursor:
        # What has been applied is not the application's to say.
        cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON public.django_migrations FROM {Role.APP}")
    return True
