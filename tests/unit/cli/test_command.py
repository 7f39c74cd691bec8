import json
import os
import pwd
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from onrecord.apps.people.policies import may_look_at_people
from onrecord.cli.command import onrecord
from onrecord.cli.errors import Exit, run_to_exit_code
from onrecord.cli.output import print_facts, progress
from onrecord.cli.session import acting_as
from onrecord.cli.viewing import viewer_for
from onrecord.core.kernel.errors import (
    DataRejectedError,
    NotPermittedError,
    OnrecordError,
    UsageError,
    VerificationFailedError,
)
from onrecord.core.ledger.actors import ActorKind


def raising(problem):
    def act():
        raise problem

    return act


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (OnrecordError("x"), Exit.UNEXPECTED),
        (UsageError("x"), Exit.USAGE),
        (click.UsageError("x"), Exit.USAGE),
        (DataRejectedError("x"), Exit.DATA_REJECTED),
        (NotPermittedError("x"), Exit.NOT_PERMITTED),
        (VerificationFailedError("x"), Exit.VERIFICATION_FAILED),
        (KeyboardInterrupt(), Exit.INTERRUPTED),
        (click.Abort(), Exit.INTERRUPTED),
        (ValueError("x"), Exit.UNEXPECTED),
    ],
)
def test_each_way_to_end_has_its_exit_code(problem, code):
    assert run_to_exit_code(raising(problem)) == code


def test_an_unexpected_error_does_not_quote_what_it_was_about(capsys):
    run_to_exit_code(raising(ValueError("Jane Roe")))
    told = capsys.readouterr().err
    assert "ValueError" in told
    assert "Jane Roe" not in told


def test_a_refusal_says_what_to_do_next(capsys):
    run_to_exit_code(raising(DataRejectedError("No such column.", next_step="Name another.")))
    assert capsys.readouterr().err == "onrecord: No such column.\n  Name another.\n"


def test_a_file_is_a_verb():
    assert {"doctor", "migrate", "serve", "users", "version"} <= set(onrecord.list_commands(None))


def test_an_unknown_verb_is_a_mistake_of_usage():
    done = subprocess.run(
        [sys.executable, "-m", "onrecord", "nonsense"], capture_output=True, check=False
    )
    assert done.returncode == Exit.USAGE


def test_help_does_not_load_django():
    code = "import sys, onrecord.cli; assert 'django' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_version_prints_json_for_a_script():
    printed = CliRunner().invoke(onrecord, ["version", "--json"])
    assert json.loads(printed.stdout)["onrecord"]


def test_facts_are_printed_under_each_other(capsys):
    print_facts({"people": 1071, "ok": True})
    assert capsys.readouterr().out == "people  1,071\nok      yes\n"


def test_progress_is_silent_where_nobody_watches(capsys):
    with progress("Counting", total=2) as steps:
        steps.advance()
        steps.update(done=2)
    assert capsys.readouterr() == ("", "")


def test_in_an_embedded_home_its_owner_acts():
    acting = acting_as(reason="a look")
    assert (acting.actor.name, acting.reason) == ("local-operator", "a look")


def test_where_a_reason_is_needed_none_is_made_up():
    with pytest.raises(UsageError, match="reason"):
        acting_as(reason_needed=True)


def test_on_a_named_server_nobody_looks_or_decides_without_signing_in(monkeypatch):
    monkeypatch.setenv("ONRECORD_DATABASE_URL", "postgresql://a:b@h/d")
    with pytest.raises(NotPermittedError, match="signed in"):
        acting_as()


def test_on_a_named_server_the_installation_is_run_in_the_name_of_whoever_types(monkeypatch):
    monkeypatch.setenv("ONRECORD_DATABASE_URL", "postgresql://a:b@h/d")
    monkeypatch.setenv("USER", "somebody-else")
    acting = acting_as(runs_installation=True)
    assert acting.actor.name == f"os:{pwd.getpwuid(os.getuid()).pw_name}"
    assert acting.actor.kind is ActorKind.SYSTEM


def test_an_account_without_a_name_is_told_by_its_number(monkeypatch):
    monkeypatch.setenv("ONRECORD_DATABASE_URL", "postgresql://a:b@h/d")
    monkeypatch.setattr(os, "getuid", lambda: 2_000_000_001)
    assert acting_as(runs_installation=True).actor.name == "os:uid-2000000001"


def test_whoever_runs_the_installation_sees_no_people(monkeypatch):
    monkeypatch.setenv("ONRECORD_DATABASE_URL", "postgresql://a:b@h/d")
    assert not may_look_at_people(viewer_for("import", reason="a test", runs_installation=True))
