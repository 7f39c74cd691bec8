"""Change what is stored behind the program's back, as somebody who owns the server."""

from contextlib import contextmanager

import psycopg

from onrecord.apps.audit.services import record_consultation, recording, sequence_pending
from onrecord.apps.audit.verifying import verify_record
from onrecord.apps.facts.writing import append_fact
from onrecord.apps.organisations.services import ensure_holder
from worlds.building import BUILDER, REVIEWER, adair, day


@contextmanager
def as_superuser(store):
    """Sign in as the server's owner with every trigger silenced."""
    with psycopg.connect(store.admin.dsn()) as connection:
        connection.execute("set session_replication_role = replica")
        yield connection


def populated():
    """A world with sealed, compartmented and ordinary facts, looks, and several facts to an event."""
    world = adair()
    holder = ensure_holder("NSP:PSD").pk
    case = world["complaint"]
    with recording(
        BUILDER, "world:build", object_kind="case", object_ref="C", reason="a test", stream=case
    ) as rec:
        for number in range(6):
            append_fact(
                rec,
                "allegation",
                {
                    "holder_id": holder,
                    "known_on": day("2010-05-01"),
                    "case_lineage": case,
                    "record_lineage": world["own"],
                    "category": f"Category {number} é",
                },
            )
        append_fact(
            rec,
            "intelligence_report",
            {"holder_id": holder, "known_on": day("2010-05-01"), "body": "graded"},
        )
        party = append_fact(
            rec,
            "party_identity",
            {"holder_id": holder, "known_on": day("2010-05-01"), "name": "Somebody"},
        )
        append_fact(
            rec,
            "party_role",
            {
                "holder_id": holder,
                "known_on": day("2010-05-01"),
                "party": party,
                "role": "victim",
                "pseudonym": "Party 1",
                "case_lineage": case,
            },
        )
        rec.describe(rows=9)
    for number in range(3):
        record_consultation(REVIEWER, "person:read", object_kind="person", object_ref=f"P-{number}")
        sequence_pending()
    return world | {"event": rec.event_id, "case": case}


def first_bad(**options):
    """Verify, and return the first finding as a script sees it."""
    result = verify_record(**options)
    return result.first_bad.as_json() if result.first_bad else None


def one(connection, query, *values):
    """Return the one row of a query."""
    return connection.execute(query, values).fetchone()


def the_allegation(connection, event):
    """Return the number of the third allegation that `event` wrote."""
    return one(
        connection,
        "select fact_id from facts.allegation where event_id = %s order by 1 offset 2 limit 1",
        event,
    )[0]


@contextmanager
def edited(store, table, key, number, column, value):  # noqa: PLR0917
    """Change one column of one row for the length of this block, then put it back."""
    with as_superuser(store) as connection:
        old = one(connection, f"select {column} from {table} where {key} = %s", number)[0]
        connection.execute(f"update {table} set {column} = %s where {key} = %s", [value, number])
    yield
    with as_superuser(store) as connection:
        connection.execute(f"update {table} set {column} = %s where {key} = %s", [old, number])
