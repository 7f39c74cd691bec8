"""A ledger changed behind the program's back is found, and what was changed is named."""

import hashlib
from uuid import uuid4

from django.db import connection

from onrecord.apps.audit.selectors import checkpoint_now
from onrecord.apps.audit.services import recording
from onrecord.apps.audit.verifying import verify_record
from worlds.building import BUILDER
from worlds.tampering import as_superuser, edited, first_bad, one


def test_an_edited_event_is_named(store, world):
    columns = (
        "reason",
        "actor",
        "actor_organisation",
        "action",
        "object_ref",
        "body",
        "actor_kind",
    )
    named = {}
    for column in columns:
        new = {"action": "case:forged", "actor_kind": "system"}.get(column, "somebody else's words")
        with edited(store, "ledger.event", "event_id", world["event"], column, new):
            found = first_bad()
            named[column] = (found["what"], found["ref"])
    assert named == dict.fromkeys(columns, ("event", str(world["event"])))


def test_a_back_dated_event_is_named(store, world):
    with as_superuser(store) as connection:
        connection.execute(
            "update ledger.event set at = at - interval '1 microsecond' where event_id = %s",
            [world["event"]],
        )
    assert first_bad()["ref"] == str(world["event"])


def test_an_edited_event_hashed_anew_is_named_by_the_log(store, world):
    with as_superuser(store) as connection:
        connection.execute(
            "update ledger.event set reason = 'x', event_hash = %s where event_id = %s",
            [hashlib.sha256(b"x").digest(), world["event"]],
        )
    found = first_bad()
    assert (found["what"], found["ref"]) == ("event", str(world["event"]))
    assert "is not the one that was logged at position" in found["says"]


def test_a_deleted_event_is_named_with_its_position(store, world):
    with as_superuser(store) as connection:
        position = one(
            connection,
            "select position from ledger.entry where source = 'event' and source_id = %s",
            world["event"],
        )[0]
        connection.execute("delete from ledger.event where event_id = %s", [world["event"]])
    assert (
        first_bad()["says"]
        == f"Event {world['event']} is missing; position {position} of the log names it."
    )


def test_a_deleted_event_cut_out_of_the_log_as_well_is_found(store, world):
    with as_superuser(store) as connection:
        position = one(
            connection,
            "delete from ledger.entry where source = 'event' and source_id = %s returning position",
            world["event"],
        )[0]
        connection.execute("delete from ledger.event where event_id = %s", [world["event"]])
    found = first_bad()
    assert (found["what"], found["ref"]) == ("position", str(position))


def test_two_events_that_changed_places_are_named(store, world):
    low, high = world["event"] - 1, world["event"]
    with as_superuser(store) as connection:
        for old, new in ((low, -1), (high, low), (-1, high)):
            connection.execute(
                "update ledger.event set event_id = %s where event_id = %s", [new, old]
            )
    found = first_bad()
    assert (found["what"], found["ref"]) == ("event", str(low))


def test_two_positions_that_changed_places_are_named(store, world):
    with as_superuser(store) as connection:
        for old, new in ((3, -1), (5, 3), (-1, 5)):
            connection.execute(
                "update ledger.entry set position = %s where position = %s", [new, old]
            )
    found = first_bad()
    assert found["what"] in {"checkpoint", "position"}
    assert found["ref"] == "3"


def test_a_changed_checkpoint_is_named(store, world):
    with as_superuser(store) as connection:
        connection.execute("update ledger.checkpoint set root = sha256('x') where size = 4")
    found = first_bad()
    assert (found["what"], found["ref"]) == ("checkpoint", "4")


def test_a_log_cut_at_its_tail_is_found(store, world):
    with as_superuser(store) as connection:
        size = one(connection, "select max(position) from ledger.entry")[0]
        connection.execute("delete from ledger.entry where position > %s", [size - 2])
    found = first_bad()
    assert (found["what"], found["ref"]) == ("position", str(size - 1))


def roll_back(connection, by):
    """Cut the log, its edge, its checkpoints and the looks themselves: everything in the database."""
    from onrecord.core.ledger.merkle import Frontier

    leaves = [
        bytes(row[0])
        for row in connection.execute("select leaf from ledger.entry order by position")
    ]
    kept = len(leaves) - by
    edge = Frontier()
    edge.extend(leaves[:kept])
    connection.execute(
        "delete from ledger.consultation c using ledger.entry n where n.source = 'consultation'"
        " and n.source_id = c.consultation_id and n.position > %s",
        [kept],
    )
    connection.execute("delete from ledger.entry where position > %s", [kept])
    connection.execute("delete from ledger.checkpoint where size > %s", [kept])
    connection.execute("update ledger.frontier set size = %s, peaks = %s", [kept, edge.peaks])


def test_a_log_cut_back_everywhere_in_the_database_needs_a_checkpoint_kept_elsewhere(store, world):
    kept = checkpoint_now()
    with as_superuser(store) as connection:
        roll_back(connection, by=2)
    assert first_bad() is None
    found = first_bad(witnessed={kept.size: bytes.fromhex(kept.root)})
    assert (found["what"], found["ref"]) == ("position", str(kept.size - 1))


def test_a_checkpoint_kept_elsewhere_of_another_history_is_refused(store, world):
    found = first_bad(witnessed={3: hashlib.sha256(b"another").digest()})
    assert (found["what"], found["ref"]) == ("checkpoint", "3")


def test_an_edited_look_is_named(store, world):
    edits = {
        "reason": "curiosity",
        "actor": "nobody",
        "object_ref": "P-8",
        "was_refused": True,
        "position": 7,
        "view": "x",
        "page": "x",
        "payload_hash": b"x",
    }
    named = {}
    for column, value in edits.items():
        with edited(store, "ledger.consultation", "consultation_id", 2, column, value):
            found = first_bad()
            named[column] = (found["what"], found["ref"])
    assert named == dict.fromkeys(edits, ("consultation", "2"))


def test_a_deleted_look_is_named(store, world):
    with as_superuser(store) as connection:
        look = one(
            connection,
            "delete from ledger.consultation where consultation_id = 2 returning consultation_id",
        )[0]
    found = first_bad()
    assert (found["what"], found["ref"]) == ("consultation", str(look))


def test_an_event_that_was_never_logged_is_named(store, world):
    with as_superuser(store) as connection:
        added = one(
            connection,
            """
            insert into ledger.event select (jsonb_populate_record(e, '{"event_id": 500}')).*
              from ledger.event e where event_id = %s returning event_id""",
            world["event"],
        )[0]
    assert str(added) in {finding.ref for finding in verify_record().findings}


def test_a_cut_stream_is_named(store, world):
    with as_superuser(store) as connection:
        connection.execute(
            "update ledger.stream_head set event_hash = sha256('x') where stream = %s",
            [world["case"]],
        )
    found = first_bad()
    assert (found["what"], found["ref"]) == ("stream", str(world["case"]))


def test_a_switched_off_guard_is_named(store, world):
    with as_superuser(store) as connection:
        connection.execute("alter table facts.allegation disable trigger no_change")
    found = first_bad()
    assert (found["what"], found["ref"]) == ("guard", "facts.allegation")


def test_an_undoing_slipped_in_is_named(store, world):
    with as_superuser(store) as connection:
        connection.execute(
            "insert into ledger.batch_undo values (%s, %s)", [world["event"], world["event"]]
        )
    found = first_bad()
    assert (found["what"], found["event"]) == ("batch_undo", world["event"])


def a_batch():
    with recording(
        BUILDER, "batch:import", object_kind="batch", object_ref="B", reason="a test", batch=uuid4()
    ) as rec:
        rec.describe(rows=0)
    return rec


def test_an_undoing_turned_on_another_batch_is_named(store, world):
    undone, other = a_batch(), a_batch()
    with recording(
        BUILDER, "batch:undo", object_kind="batch", object_ref="B", reason="a test",
        stream=undone.stream,
    ) as rec:  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(
                "insert into ledger.batch_undo values (%s, %s)", [undone.event_id, rec.event_id]
            )
        rec.wrote("batch_undo", 1)
    assert first_bad() is None
    with as_superuser(store) as attacker:
        attacker.execute("update ledger.batch_undo set undone_event = %s", [other.event_id])
    found = first_bad()
    assert (found["what"], found["event"]) == ("batch_undo", rec.event_id)
