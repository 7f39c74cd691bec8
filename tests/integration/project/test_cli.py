import json

import pytest
from click.testing import CliRunner
from django.db import connections

from onrecord.cli.command import onrecord
from onrecord.core.kernel.errors import UsageError
from onrecord.project.checks import excess_powers


def run(*arguments, **options):
    return CliRunner().invoke(onrecord, list(arguments), catch_exceptions=False, **options)


def test_an_account_is_made_and_listed(store):
    arguments = ["--name", "R. Okafor", "--organisation", "NORTHSHIRE", "--role", "reviewer"]
    made = json.loads(run("users", "create", "r.okafor", *arguments, "--json").stdout)
    assert made["username"] == "r.okafor"

    again = run("users", "let-in", "r.okafor", "--proof", "warrant card seen", "--json")
    assert json.loads(again.stdout)["first_password"] != made["first_password"]

    listed = json.loads(run("users", "list", "--json").stdout)["users"]
    assert [user["username"] for user in listed] == ["r.okafor"]


def test_a_role_that_takes_two_is_given_at_the_command_line_only_until_there_is_an_administrator(
    store,
):
    def make(name, role):
        return run("users", "create", name, "--name", name, "--organisation", "NSP", "--role", role)

    assert make("a.first", "administrator").exit_code == 0
    for role in ("administrator", "head_of_counter_corruption", "victim_contact"):
        with pytest.raises(UsageError, match="takes two people"):
            make(f"b.{role[:5]}", role)
    assert make("c.officer", "senior_officer").exit_code == 0


def test_a_current_store_needs_no_migration(store):
    assert json.loads(run("migrate", "--json").stdout) == {"changed": False}


def test_the_application_role_has_no_power_to_spare(store):
    assert excess_powers() == []


def test_power_given_by_mistake_is_noticed(store):
    with connections["migrations"].cursor() as cursor:
        cursor.execute("GRANT CREATE ON SCHEMA facts TO onrecord_app")
    assert excess_powers() == ["may create tables"]


def test_a_role_that_owns_or_is_everything_is_noticed(store):
    found = excess_powers("migrations")
    assert "owns something" in found
    assert "may create tables" in found
