"""Attempts to see at a ledger position what was recorded after it: order, undoing, races."""

import threading
import uuid
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from psycopg.errors import CheckViolation

from integration.facts.desk import TESTER, Desk, allegation, as_role, fresh, texts
from onrecord.apps.audit.selectors import current_position
from onrecord.apps.audit.services import recording, sequence_pending
from onrecord.apps.facts.reading import facts_by, facts_of_records
from onrecord.apps.facts.writing import append_fact
from onrecord.core.kernel.errors import UsageError
from onrecord.core.timekeeping.views import View
from onrecord.project.roles import Role

INSERT = (
    "insert into facts.allegation (event_id, lineage, change, known_on, known_basis, category,"
    " holder_id, salt, leaf) values (%s, %s, %s, '2020-01-02', 'stated', %s, %s, %s, %s)"
)
EVENT = (
    "insert into ledger.event (event_id, actor, actor_kind, action, object_kind, object_ref, reason,"
    " stream, batch, counts, merkle_root) values (%s, 'a', 'person', 'import:run', 'batch', 'x', 'test',"
    " gen_random_uuid(), gen_random_uuid(), '{\"allegation\": 1}', sha256('x'))"
)


def _draw(connection):
    return connection.execute("select nextval('ledger.event_id_seq')").fetchone()[0]


def _write(connection, event, lineage, text, holder, *, change="first"):
    row = [event, lineage, change, text, holder, b"s" * 16, b"l" * 32]
    connection.execute(INSERT, row)
    connection.execute(EVENT, [event])


def test_a_long_transaction_that_commits_last_wins_though_its_number_is_lower(store):
    desk, one = Desk(), fresh()
    with as_role(store, Role.APP) as long, as_role(store, Role.APP) as short:
        early, late = _draw(long), _draw(short)
        _write(long, early, one, "begun first, committed last", desk.holders[0])
        _write(short, late, one, "begun last, committed first", desk.holders[0])
        short.commit()
        sequence_pending()
        between = current_position()
        long.commit()
        sequence_pending()
    assert early < late
    assert texts(View(between), one) == ["begun last, committed first"]
    assert texts(desk.view(), one) == ["begun first, committed last"]


def test_what_is_committed_and_has_no_position_is_not_shown_at_any(store):
    desk, one = Desk(), fresh()
    with as_role(store, Role.APP) as app:
        _write(app, _draw(app), one, "waiting", desk.holders[0])
        app.commit()
    desk_position = current_position()
    assert texts(View(desk_position), one) == []
    sequence_pending()
    assert texts(View(desk_position), one) == []
    assert texts(View(current_position()), one) == ["waiting"]


def test_what_is_not_committed_gets_no_position_from_anybody_else(store):
    desk, one = Desk(), fresh()
    with as_role(store, Role.APP) as app:
        _write(app, _draw(app), one, "open", desk.holders[0])
        assert sequence_pending() == 0
        assert texts(desk.view(), one) == []
        app.rollback()
    assert sequence_pending() == 0


def test_a_position_taken_inside_an_open_transaction_hides_nothing_and_reveals_nothing(store):
    desk, one = Desk(), fresh()
    before = desk.write(allegation(fresh(), "other", 1)).position
    with as_role(store, Role.APP) as app:
        _write(app, _draw(app), one, "own position", desk.holders[0])
        app.execute("select ledger.sequence_pending()")
        with pytest.raises(CheckViolation, match="unledgered write"):
            app.commit()
    assert current_position() == before
    assert texts(desk.view(), one) == []


def test_a_position_that_the_record_has_not_reached_is_refused(store):
    """What it shows would change with the next write, and a past screen could not be re-run."""
    desk, one = Desk(), fresh()
    end = desk.write(allegation(one, "assault", 1)).position
    for view in (View(end + 1), View(10**15), View(end + 1, held_by=frozenset(desk.holders))):
        with pytest.raises(UsageError, match="has not reached"):
            facts_by(view, "allegation", "lineage", [one])
    assert texts(View(end), one) == ["assault"]


@pytest.mark.parametrize("position", [0, -1, -(10**15)])
def test_before_the_first_position_there_is_nothing(store, position):
    desk, one = Desk(), fresh()
    desk.write(allegation(one, "assault", 1))
    assert texts(View(position), one) == []


def test_a_batch_undone_later_is_still_there_before_it_was_undone(store):
    desk, one = Desk(), fresh()
    written = desk.write(allegation(one, "assault", 1))
    undone = desk.undo(written)
    assert texts(View(undone.position - 1), one) == ["assault"]
    assert texts(View(undone.position), one) == []


def test_undoing_the_later_batch_brings_back_the_earlier_and_only_from_then_on(store):
    desk, one = Desk(), fresh()
    first = desk.write(allegation(one, "rudeness", 1))
    second = desk.write(allegation(one, "assault", 1, change="mistake"))
    undone = desk.undo(second)
    shown = [texts(View(act.position), one) for act in (first, second, undone)]
    assert shown == [["rudeness"], ["assault"], ["rudeness"]]


def test_undoing_the_earlier_batch_leaves_what_the_later_said(store):
    desk, one = Desk(), fresh()
    first = desk.write(allegation(one, "rudeness", 1))
    desk.write(allegation(one, "assault", 4, change="later"))
    desk.undo(first)
    assert [texts(desk.view(on), one) for on in (2, 4)] == [[], ["assault"]]


def test_an_undoing_cannot_be_undone(store):
    """Import again instead: an undoing undone would make an old position change its answer."""
    desk, one = Desk(), fresh()
    undone = desk.undo(desk.write(allegation(one, "assault", 1)))
    with pytest.raises(IntegrityError, match="did not bring in a batch"):
        desk.undo(undone)


def test_a_batch_is_undone_once(store):
    desk, one = Desk(), fresh()
    written = desk.write(allegation(one, "assault", 1))
    desk.undo(written)
    with pytest.raises(IntegrityError):
        desk.undo(written)


def test_an_undone_retraction_lets_the_thing_be_seen_again_only_from_then_on(store):
    desk, one = Desk(), fresh()
    desk.write(allegation(one, "assault", 1))
    gone = desk.write(allegation(one, "assault", 1, change="mistake", gone=True))
    undone = desk.undo(gone)
    assert texts(View(gone.position), one) == []
    assert texts(View(undone.position), one) == ["assault"]


def test_two_versions_known_on_one_day_are_told_apart_by_who_was_recorded_last(store):
    desk, one = Desk(), fresh()
    first = desk.write(allegation(one, "first", 1))
    desk.write(allegation(one, "second", 1, change="later"))
    desk.write(allegation(one, "third", 1, change="mistake"))
    assert texts(View(first.position), one) == ["first"]
    assert texts(desk.view(), one) == ["third"]


def test_two_versions_in_one_batch_known_on_one_day_have_one_answer(store):
    desk, one = Desk(), fresh()
    desk.write(allegation(one, "first", 1), allegation(one, "second", 1, change="mistake"))
    assert {tuple(texts(desk.view(), one)) for _ in range(5)} == {("second",)}


def test_an_older_known_date_recorded_last_does_not_win(store):
    desk, one = Desk(), fresh()
    desk.write(allegation(one, "newest known", 5))
    desk.write(allegation(one, "recorded last", 1))
    assert texts(desk.view(), one) == ["newest known"]


def test_a_look_at_the_record_moves_positions_on_and_changes_no_answer(store):
    from onrecord.apps.audit.services import record_consultation
    from onrecord.core.kernel.viewers import Viewer

    desk, one = Desk(), fresh()
    written = desk.write(allegation(one, "assault", 1))
    viewer = Viewer("a", "person", "NSP", "reviewer", "test", "page")
    record_consultation(viewer, "person:view", object_kind="person", object_ref="x")
    sequence_pending()
    assert current_position() == written.position + 1
    assert texts(desk.view(), one) == texts(View(written.position), one) == ["assault"]


def test_a_view_read_twice_in_one_snapshot_does_not_change_while_others_commit(store):
    desk, one = Desk(), fresh()
    view = View(desk.write(allegation(one, "first", 1)).position)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set transaction isolation level repeatable read")
        before = texts(view, one)
        with as_role(store, Role.APP) as app:
            _write(app, _draw(app), one, "second", desk.holders[0], change="mistake")
            app.commit()
            app.execute("select ledger.sequence_pending()")
            app.commit()
        assert texts(view, one) == before == ["first"]
        assert current_position() == view.position
    assert texts(View(current_position()), one) == ["second"]


def test_one_position_gives_one_answer_while_four_writers_commit(store):
    desk, subject = Desk(), fresh()
    view = View(desk.write(allegation(fresh(), "first", 1, record_lineage=subject)).position)
    stop, failures = threading.Event(), []

    def keep_writing():
        with as_role(store, Role.APP) as app:
            while not stop.is_set():
                _write(app, _draw(app), uuid.uuid4(), "more", desk.holders[0])
                app.commit()
                app.execute("select ledger.sequence_pending()")
                app.commit()

    def run():
        try:
            keep_writing()
        except Exception as error:  # noqa: BLE001 - reported by the test itself
            failures.append(error)

    writers = [threading.Thread(target=run) for _ in range(4)]
    for writer in writers:
        writer.start()
    try:
        seen = {len(facts_of_records(view, [subject])) for _ in range(15)}
        positions = [current_position() for _ in range(15)]
        prefix = [_answer_at(p) for p in positions]
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    assert not failures
    assert seen == {1}
    assert positions == sorted(positions)
    assert prefix == [_answer_at(p) for p in positions]


def _answer_at(position):
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from facts.allegation f join ledger.entry e on e.source = 'event'"
            " and e.source_id = f.event_id where e.position <= %s",
            [position],
        )
        return cursor.fetchone()[0]


def test_a_write_that_fails_halfway_leaves_no_trace_at_any_position(store):
    desk, one = Desk(), fresh()
    before = current_position()
    with pytest.raises(ZeroDivisionError):
        _fail_halfway(desk, one)
    assert current_position() == before
    assert texts(desk.view(), one) == []


def _fail_halfway(desk, lineage):
    kind, values = allegation(lineage, "assault", 1)
    with recording(TESTER, "import:run", object_kind="x", object_ref="x", reason="t") as rec:
        append_fact(rec, kind, desk.row(values))
        raise ZeroDivisionError


def test_sealed_and_protected_kinds_cannot_be_read_through_a_view(store):
    desk, one = Desk(), fresh()
    desk.write(
        ("intelligence_report", {"lineage": one, "known": 1, "record_lineage": one, "body": "x"})
    )
    desk.write(("party_identity", {"lineage": one, "known": 1, "case_lineage": one, "name": "x"}))
    assert facts_of_records(desk.view(), [one]) == []
    for kind in ("intelligence_report", "party_identity"):
        with pytest.raises(Exception, match="permission denied"):
            facts_by(desk.view(), kind, "lineage", [one])


def test_a_view_says_in_words_all_that_tells_it_from_another():
    @given(
        st.builds(View, st.integers(0, 9), st.none() | st.dates(), st.booleans(),
                  st.none() | st.frozensets(st.integers(1, 5))),
        st.builds(View, st.integers(0, 9), st.none() | st.dates(), st.booleans(),
                  st.none() | st.frozensets(st.integers(1, 5))),
    )  # fmt: skip
    def holds(one, other):
        if one.on is None and other.on is None:
            other = replace(other, includes_day=one.includes_day)  # there is no day to include
        assert (one.describe() == other.describe()) == (one == other)

    holds()


def test_numbers_of_rows_grow_only_with_what_is_written(store):
    """Row, event and position numbers differ between installations; no answer rests on them."""
    desk, one = Desk(), fresh()
    first = desk.write(allegation(one, "first", 1))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select nextval('facts.fact_id_seq') from generate_series(1, 50)")
        cursor.execute("select nextval('ledger.event_id_seq') from generate_series(1, 50)")
    second = desk.write(allegation(one, "second", 1, change="mistake"))
    assert second.position == first.position + 1
    assert second.event_id > first.event_id + 50
    assert texts(desk.view(), one) == ["second"]
