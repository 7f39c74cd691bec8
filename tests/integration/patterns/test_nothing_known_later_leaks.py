"""What every rule says of a day is untouched by whatever became known after it, deleted, altered or invented.

Judgements of who is one person and what is one incident are today's by design, and held fixed.
"""

import random
from datetime import timedelta

import duckdb
import pyarrow as pa
import pytest
from tests.integration.patterns.small_worlds import FACTORS, FIRST, a_world

from onrecord.apps.audit.services import sequence_pending
from onrecord.apps.facts.exporting import take_snapshot
from onrecord.core.patterns.history import add_history_of
from onrecord.core.patterns.marks import marks_of
from onrecord.core.patterns.meeting import first_prompts, meeting_on
from onrecord.core.patterns.rules import shipped_rules
from onrecord.core.patterns.sources import kinds_of
from onrecord.core.snapshots.clusters import cluster_incidents, cluster_people
from onrecord.core.snapshots.reading import open_snapshot
from onrecord.core.snapshots.resolving import RAW

RULES = shipped_rules().values()
KINDS = frozenset().union(*(kinds_of(rule) for rule in RULES))
JUDGED = ("identity_judgement", "incident_judgement")
DAYS = [FIRST + timedelta(days=days) for days in (400, 1100, 1800, 2600)]


@pytest.fixture(params=range(5))
def versions(request, store, tmp_path):
    """Return every version of every fact of a small world, by kind, and the holders."""
    a_world(request.param)
    sequence_pending()
    take_snapshot(tmp_path)
    with open_snapshot(tmp_path).reading(kinds=KINDS | set(JUDGED)) as record:
        found = {
            kind: record.con.sql(f"select * from {RAW}{kind}").to_arrow_table() for kind in (*KINDS, *JUDGED)
        }  # fmt: skip
        return found, record.con.sql("select * from holder").to_arrow_table()


def said_of(found, holders, day):
    """Return what each rule says of a day, and whom it had prompted first by then."""
    with duckdb.connect() as con:
        con.execute("set arrow_lossless_conversion = true").fetchall()
        add_history_of(con, found, KINDS | set(JUDGED))
        cluster_people(con, "known_identity_judgement")
        cluster_incidents(con, "known_incident_judgement", "known_case_reported")
        con.register("holder", holders)
        said = {}
        for rule in RULES:
            marks = marks_of(con, rule)
            said[rule.id] = (
                {
                    (m.person, m.shared, m.reports, m.episodes, m.rows)
                    for m in meeting_on(marks, rule, day)
                },
                {
                    person: each
                    for person, each in first_prompts(marks, rule).items()
                    if each.on <= day
                },
            )
        return said


def later_is(found, day, do):
    """Return the same versions, with those known after a day gone through `do`, or left out where it says nothing."""
    changed = {}
    for kind, table in found.items():
        if kind in JUDGED:
            changed[kind] = table
            continue
        rows = [row if row["known_on"] <= day else do(kind, row) for row in table.to_pylist()]
        changed[kind] = pa.Table.from_pylist([row for row in rows if row], schema=table.schema)
    return changed


_DAYS_SAID = (
    "occurred_on", "finalised_on", "withdrawn_on", "granted_on", "ended_on", "notified_on", "happened_from"
)  # fmt: skip
_ENDINGS = ("positively_disproved", "proven", "unresolved")


def altered(chance, day):
    """Return what alters a version that became known later, in whatever a rule might read."""

    def do(kind, row):
        if chance.random() < 0.2:
            return None
        sooner = row["known_on"] - timedelta(days=chance.randrange(300))
        said = {name: day - timedelta(days=chance.randrange(2000))
                for name in _DAYS_SAID if row.get(name) and chance.random() < 0.5}  # fmt: skip
        told = {"factors": ",".join(chance.sample(FACTORS, 2)), "disposition_class": chance.choice(_ENDINGS),
                "was_made": True, "gone": chance.random() < 0.2}  # fmt: skip
        known = {name: value for name, value in told.items() if name in row}
        return row | said | known | {"known_on": max(day + timedelta(days=1), sooner)}

    return do


def test_what_became_known_later_changes_nothing_of_an_earlier_day(versions):
    found, holders = versions
    chance = random.Random(5)  # noqa: S311 - mutations, not secrets
    for day in DAYS:
        before = said_of(found, holders, day)
        assert said_of(later_is(found, day, lambda *_: None), holders, day) == before, "left out"
        for _ in range(2):
            assert said_of(later_is(found, day, altered(chance, day)), holders, day) == before, (
                "altered"
            )


def test_the_days_are_such_that_something_could_leak(versions):
    """Were nothing prompted, or nothing known later, equality would show nothing."""
    found, holders = versions
    later = sum(
        row["known_on"] > DAYS[0] for kind, table in found.items() if kind not in JUDGED for row in table.to_pylist()
    )  # fmt: skip
    assert later
    assert any(said_of(found, holders, day) != said_of(found, holders, DAYS[0]) for day in DAYS[1:])
