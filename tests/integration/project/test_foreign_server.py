"""ONRECORD_DATABASE_URL: a server that somebody else runs, and of which we are no superuser."""

import json
import signal
import subprocess
import sys

import psycopg
import pytest

from integration.project.foreign import (
    environment,
    foreign_server,
    free_port,
    hand_out_a_database,
    onrecord,
)
from integration.project.processes import fetched
from onrecord.project.roles import Role

PATIENCE = 90


@pytest.fixture(scope="module")
def superuser():
    with foreign_server() as address:
        yield address


@pytest.fixture(scope="module")
def installation(superuser, tmp_path_factory):
    """A home beside a database that was handed out, its tables made."""
    url = hand_out_a_database(superuser, "police")
    environ = environment(tmp_path_factory.mktemp("home"), ONRECORD_DATABASE_URL=url)
    made = onrecord("migrate", "--json", environ=environ)
    assert json.loads(made.stdout) == {"changed": True}, made.stderr
    return environ


def asked(superuser, statement):
    with psycopg.connect(superuser.dsn("police")) as connection:
        return connection.execute(statement).fetchall()


def test_an_administrator_without_superuser_makes_weak_roles_and_tables(installation, superuser):
    powers = asked(
        superuser,
        "SELECT rolname FROM pg_roles WHERE rolname LIKE 'onrecord%'"
        " AND NOT (rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls)",
    )
    assert {name for (name,) in powers} == set(Role)
    owners = asked(
        superuser, "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'facts'"
    )
    assert owners == [(Role.MIGRATIONS,)]


def test_opening_it_again_changes_nothing(installation):
    again = onrecord("migrate", "--json", environ=installation)
    assert json.loads(again.stdout) == {"changed": False}


def test_the_doctor_finds_it_well(installation):
    told = onrecord("doctor", "--json", environ=installation)
    assert told.returncode == 0, told.stdout
    assert json.loads(told.stdout)["ok"]


def test_the_first_account_is_made_in_the_name_of_whoever_typed(installation, superuser):
    made = onrecord(
        "users", "create", "r.okafor", "--name", "R. Okafor", "--organisation", "NSP",
        "--role", "reviewer", environ=installation,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    written = asked(
        superuser, "SELECT actor, actor_kind FROM ledger.event WHERE action = 'account:create'"
    )
    assert [kind for _, kind in written] == ["system"]
    assert written[0][0].startswith("os:")


def test_a_verb_that_shows_a_person_is_refused_and_says_how_to_sign_in(installation):
    refused = onrecord(
        "known-then", "P-0000-0000", "--on", "2020-01-01", "--reason", "a test",
        environ=installation,
    )  # fmt: skip
    assert refused.returncode == 4
    assert "onrecord login" in refused.stderr


def test_another_home_is_told_that_the_roles_are_not_its_own(installation, tmp_path):
    url = installation["ONRECORD_DATABASE_URL"]
    told = onrecord("migrate", environ=environment(tmp_path, ONRECORD_DATABASE_URL=url))
    assert told.returncode != 0
    assert "secrets.json" in told.stderr


def test_a_page_is_served_from_it(installation):
    port = free_port()
    command = [sys.executable, "-m", "onrecord", "serve", "--no-open", "--port", str(port)]
    serving = subprocess.Popen(command, env=installation, stdout=subprocess.PIPE, text=True)
    try:
        assert f":{port}/" in serving.stdout.readline()
        assert json.loads(fetched(f"http://127.0.0.1:{port}/health/ready"))["status"] == "ready"
        assert "Sign in" in fetched(f"http://127.0.0.1:{port}/")
    finally:
        serving.send_signal(signal.SIGINT)
        assert serving.wait(PATIENCE) == 0
        serving.stdout.close()
