"""Rows of tables that are not facts, changed behind the application's back, are found."""

import pytest

from onrecord.apps.access.roles import Role
from onrecord.apps.access.services import create_user
from onrecord.apps.audit.act_proof import guarded_tables
from onrecord.apps.audit.verifying import verify_record
from onrecord.core.ledger.actors import LOCAL_OPERATOR
from worlds.tampering import as_superuser


@pytest.fixture
def desk(store, world):
    """A world with an account in it whose making is on record."""
    return create_user(
        actor=LOCAL_OPERATOR, reason="a test", username="r.okafor", display_name="R. Okafor",
        organisation_code="NSP", role=Role.REVIEWER, password=None,
    )  # fmt: skip


TAMPERS = {
    "a role raised": "update access_user set role = 'senior_officer'",
    "an account slipped in": "insert into access_user (username, display_name, organisation_code, role,"
    " password, human, email, leads_team, is_service_account, is_active, created_at) values"
    " ('ghost', 'Ghost', 'NSP', 'administrator', '!', 'ghost', '', false, false, true, now())",
    "an account removed": "delete from access_user",
    "a digest exchanged": "update ledger.act_row set digest = sha256('x') where tab = 'public.access_user'",
    "a digest removed": "delete from ledger.act_row where tab = 'public.access_user'",
    "a row and its digest made to agree": "with t as (update access_user u set role = 'senior_officer'"
    " returning to_jsonb(u) as whole) update ledger.act_row a set digest = sha256(a.salt ||"
    " convert_to(ledger.row_text(t.whole), 'UTF8')) from t where a.tab = 'public.access_user'",
}


@pytest.mark.parametrize("what", TAMPERS)
def test_a_row_that_no_act_made_so_is_found(store, desk, what):
    assert verify_record().is_sound
    with as_superuser(store) as connection:
        connection.execute("set timezone = 'UTC'")
        connection.execute(TAMPERS[what])
    found = verify_record()

    assert not found.is_sound
    assert {finding.what for finding in found.findings} & {"row", "act", "event"}
    assert not any("okafor" in finding.says.lower() for finding in found.findings)


def test_a_guard_that_was_switched_off_is_found(store, desk):
    with as_superuser(store) as connection:
        connection.execute("alter table access_user disable trigger note_update")

    assert [f.ref for f in verify_record().findings if f.what == "guard"] == ["public.access_user"]


def test_what_libraries_keep_is_not_held_to_it_and_everything_of_ours_is():
    assert "public.access_user" in guarded_tables()
    assert "public.django_session" not in guarded_tables()


def test_rows_that_stood_before_the_guard_raise_no_alarm(store, desk):
    with as_superuser(store) as connection:
        held = connection.execute(
            "select count(*) from ledger.act_row where event_id = 0 and tab = 'public.access_wall'"
        ).fetchone()
    assert held == (1,)
    assert verify_record().is_sound
