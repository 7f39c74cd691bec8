"""What nobody tampered with raises no alarm, and the answer says what was checked."""

from onrecord.apps.audit.selectors import checkpoint_now
from onrecord.apps.audit.verifying import verify_record
from onrecord.core.kernel.kinds import KINDS
from worlds.tampering import as_superuser, one


def test_an_untouched_record_verifies_and_says_what_it_checked(store, world):
    result = verify_record()
    with as_superuser(store) as connection:
        events, looks = one(
            connection,
            "select (select count(*) from ledger.event), (select count(*) from ledger.consultation)",
        )
        facts = one(
            connection,
            "select sum(v::int) from ledger.event, jsonb_each_text(counts) as c(k, v)"
            f" where k in ({', '.join(repr(kind) for kind in KINDS)})",
        )[0]
    assert result.is_sound, result.findings
    assert (result.events, result.consultations, result.facts) == (events, looks, facts)
    assert result.positions == events + looks
    assert result.root == checkpoint_now().root
    assert result.by_leaf_only == ("intelligence_report",)
    assert result.pending == 0


def test_vacuum_and_clustering_raise_no_alarm(store, world):
    with as_superuser(store) as connection:
        connection.commit()
        connection.autocommit = True
        connection.execute("vacuum full facts.allegation")
        connection.execute("cluster ledger.event using event_object")
        connection.execute("reindex table ledger.entry")
    assert verify_record().is_sound


def test_what_waits_for_its_place_in_the_log_is_reported_and_is_no_alarm(store, world):
    from django.db import connections

    from onrecord.apps.audit.services import record_consultation
    from worlds.building import REVIEWER

    with connections["default"].cursor() as cursor:
        cursor.execute("select 1")
    record_consultation(REVIEWER, "person:read", object_kind="person", object_ref="P-9")
    result = verify_record()
    assert result.is_sound
    assert result.pending == 1
