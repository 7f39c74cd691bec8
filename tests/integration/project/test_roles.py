import psycopg
import pytest
from django.db import ProgrammingError, connections

from onrecord.project.roles import Role


@pytest.mark.parametrize("role", [Role.APP, Role.SEQUENCER, Role.READER, Role.COMPARTMENT])
@pytest.mark.parametrize("schema", ["public", "facts", "ledger", "projection", "compartment"])
def test_only_the_migrations_role_can_make_a_table(store, role, schema):
    with (
        psycopg.connect(store.dsn(role)) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(f"CREATE TABLE {schema}.intruder (id int)")


def test_each_alias_signs_in_as_its_own_role(store):
    def who(alias):
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT current_user")
            return cursor.fetchone()[0]

    found = {alias: who(alias) for alias in connections}
    assert found == {
        "default": "onrecord_app",
        "migrations": "onrecord_migrations",
        "sequencer": "onrecord_sequencer",
        "reader": "onrecord_reader",
        "compartment": "onrecord_compartment",
    }


def test_the_application_cannot_reach_the_compartment(store):
    with connections["migrations"].cursor() as cursor:
        cursor.execute("CREATE TABLE compartment.victim (id int)")
    with (
        psycopg.connect(store.dsn(Role.APP)) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("SELECT * FROM compartment.victim")


@pytest.mark.parametrize("schema", ["facts", "ledger", "projection"])
def test_tables_outside_public_are_closed_until_a_migration_opens_them(store, schema):
    with connections["migrations"].cursor() as cursor:
        cursor.execute(f"CREATE TABLE {schema}.newcomer (id int)")
    with (
        psycopg.connect(store.dsn(Role.APP)) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(f"SELECT * FROM {schema}.newcomer")


def test_the_application_cannot_say_which_migrations_were_applied(store):
    with pytest.raises(ProgrammingError), connections["default"].cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations")


def test_the_reader_sees_no_accounts(store):
    with (
        psycopg.connect(store.dsn(Role.READER)) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("SELECT * FROM access_user")
