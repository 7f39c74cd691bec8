"""After any history of imports, corrections and undoings a projection is what its rebuild makes."""

import uuid

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.apps.audit.services import recording
from onrecord.apps.facts.writing import append_fact
from onrecord.apps.organisations.services import ensure_holder
from onrecord.apps.people.services import rebuild_projections, refresh_projections
from onrecord.core.kernel.ids import lineage_of
from worlds.building import BUILDER, day

TABLES = ("person", "person_search", "case_search", "mention")
HOLDERS = ("NSP:HR", "WMP:CRIME")
KEYS = "abcd"
DAYS = ("2001-01-01", "2002-02-02", "2003-03-03")

person = st.tuples(
    st.just("person"), st.sampled_from(HOLDERS), st.sampled_from(KEYS), st.sampled_from(DAYS),
    st.sampled_from(("Ada", "Béa", None)), st.booleans(),
)  # fmt: skip
case = st.tuples(
    st.just("case"), st.sampled_from(HOLDERS), st.sampled_from(KEYS), st.sampled_from(DAYS),
    st.sampled_from(("CO/1", "CO/2")), st.booleans(),
)  # fmt: skip
judged = st.tuples(
    st.just("judged"), st.sampled_from(KEYS), st.sampled_from(KEYS), st.sampled_from(DAYS),
    st.sampled_from(("same", "not_same", "undecided")), st.booleans(),
)  # fmt: skip
batch = st.lists(st.one_of(person, case, judged), min_size=1, max_size=6)
step = st.one_of(batch, st.integers(0, 9))
"""A batch of facts, or the undoing of an earlier batch."""


class History:
    """Plays steps as imports and undoings would, one batch after another."""

    def __init__(self):
        self.batches = []
        self.seen = set()

    def play(self, step):
        if isinstance(step, int):
            self.undo(step)
            return
        stream = uuid.uuid4()
        with recording(
            BUILDER,
            "batch:import",
            object_kind="batch",
            object_ref="B",
            reason="a test",
            batch=stream,
        ) as rec:
            written = set()
            for one in step:
                self.write(rec, one, written)
        self.batches.append((rec.event_id, stream))
        refresh_projections([rec.event_id])

    def write(self, rec, one, written):
        kind, first, second, known_on, value, gone = one
        if kind == "judged":
            low, high = sorted(
                lineage_of(HOLDERS[i], "person_record", key) for i, key in ((0, first), (1, second))
            )
            lineage = lineage_of("NAT:X", "identity_judgement", str(low), str(high))
            columns = {
                "record_a": low,
                "record_b": high,
                "judgement": value,
                "holder_id": ensure_holder("NAT:X").pk,
            }
            table = "identity_judgement"
        else:
            table = {"person": "person_record", "case": "case_reported"}[kind]
            lineage = lineage_of(first, table, second)
            name = {"person": "family_name", "case": "reference"}[kind]
            columns = {name: value, "source_ref": second, "holder_id": ensure_holder(first).pk}
        if lineage in written:
            return
        written.add(lineage)
        change = "later" if lineage in self.seen else "first"
        self.seen.add(lineage)
        append_fact(rec, table, {
            "lineage": lineage, "change": change, "gone": gone and change == "later",
            "known_on": day(known_on), **columns,
        })  # fmt: skip

    def undo(self, which):
        from django.db import connection

        if which >= len(self.batches):
            return
        event_id, stream = self.batches.pop(which)
        with recording(
            BUILDER,
            "batch:undo",
            object_kind="batch",
            object_ref="B",
            reason="a test",
            stream=stream,
        ) as rec:
            with connection.cursor() as cursor:
                cursor.execute(
                    "insert into ledger.batch_undo values (%s, %s)", [event_id, rec.event_id]
                )
            rec.wrote("batch_undo", 1)
        refresh_projections([event_id])


def rows(store):
    with psycopg.connect(store.admin.dsn()) as connection:
        return {
            table: sorted(
                connection.execute(f"select t::text from projection.{table} t").fetchall()
            )
            for table in TABLES
        }


@pytest.fixture
def wiped(store):
    """Empty the store between examples without making a new one for each."""

    def wipe():
        with psycopg.connect(store.admin.dsn()) as connection:
            connection.execute("set session_replication_role = replica")
            for table in ("facts.person_record", "facts.case_reported", "facts.identity_judgement",
                          "ledger.batch_undo", *(f"projection.{name}" for name in TABLES)):  # fmt: skip
                connection.execute(f"delete from {table}")

    return wipe


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(step, min_size=1, max_size=7))
def test_every_projection_equals_its_rebuild_after_any_history(store, wiped, steps):
    wiped()
    history = History()
    for one in steps:
        history.play(one)
    kept_up = rows(store)
    rebuild_projections()
    assert kept_up == rows(store)
