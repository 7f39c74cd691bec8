"""PostgreSQL and Python write one canonical form, and grow one tree."""

from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integration.facts.desk import Desk, allegation, fresh
from onrecord.apps.audit.selectors import current_position
from onrecord.apps.audit.services import sequence_pending
from onrecord.core.ledger.canonical import field, leaf_hash
from onrecord.core.ledger.merkle import root_of

texts = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))


def test_a_field_made_by_the_database_is_the_field_made_here(store):
    @settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.text("abcdefgh_", min_size=1), st.none() | texts)
    def holds(name, value):
        with connection.cursor() as cursor:
            cursor.execute("select convert_to(ledger.field(%s, %s), 'UTF8')", [name, value])
            assert bytes(cursor.fetchone()[0]) == field(name, value)

    holds()


def test_the_root_of_every_checkpoint_is_the_root_of_the_log_up_to_it(store):
    desk = Desk()
    before = current_position()  # the desk's own source was named first
    for number in range(21):
        desk.write(allegation(fresh(), str(number), 1))
    with connection.cursor() as cursor:
        cursor.execute("select leaf from ledger.entry order by position")
        leaves = [bytes(leaf) for (leaf,) in cursor.fetchall()]
        cursor.execute("select size, root from ledger.checkpoint order by size")
        checkpoints = cursor.fetchall()
        cursor.execute("select event_hash from ledger.event order by at")
        hashes = [bytes(event_hash) for (event_hash,) in cursor.fetchall()]
    assert leaves == [leaf_hash(event_hash) for event_hash in hashes]
    assert len(checkpoints) == before + 21
    for size, root in checkpoints:
        assert bytes(root) == root_of(leaves[:size])


def test_many_waiting_events_grow_the_tree_as_one_by_one_would(store):
    desk = Desk()
    before = current_position()
    with connection.cursor() as cursor:
        for number in range(13):
            cursor.execute(
                "insert into ledger.event (actor, actor_kind, action, object_kind, object_ref, reason, stream)"
                " values ('a', 'person', 'x:y', 'x', %s, 'r', gen_random_uuid())",
                [str(number)],
            )
        assert sequence_pending() == 13
        desk.write(allegation(fresh(), "one more", 1))
        cursor.execute("select leaf from ledger.entry order by position")
        leaves = [bytes(leaf) for (leaf,) in cursor.fetchall()]
        cursor.execute(
            "select size, root from ledger.checkpoint where size > %s order by size", [before]
        )
        assert [(size, bytes(root)) for size, root in cursor.fetchall()] == [
            (before + 13, root_of(leaves[: before + 13])),
            (before + 14, root_of(leaves)),
        ]
