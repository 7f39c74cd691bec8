"""Counting everybody on every day at once comes to what a loop with a pencil does."""

import dataclasses

import numpy as np
import pyarrow as pa
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.unit.core.patterns.plain_model import count_on
from tests.unit.core.patterns.plain_model import first_days as by_pencil

from onrecord.core.patterns import counting
from onrecord.core.patterns.counting import counts_on
from onrecord.core.patterns.marks import FOREVER, Marks
from onrecord.core.patterns.meeting import (
    day_of,
    first_days,
    first_prompts,
    how_many_meet,
    meeting_on,
)
from onrecord.core.patterns.rules import rule_named

WINDOW = round(10 * 365.25)


def marks(rows):
    rows = sorted(rows, key=lambda row: (row[0], row[4], row[1], row[5]))
    columns = list(zip(*rows, strict=True)) or [[]] * 7
    person = np.array(columns[0], dtype=np.int64)
    starts = np.diff(person, prepend=-1) != 0
    whole = [
        np.array([-1 if v is None else v for v in column], dtype=np.int64) for column in columns
    ]
    table = pa.table({
        "thing": pa.array([str(t) for t in columns[1]], pa.string()),
        "case_lineage": pa.array([str(t) for t in columns[1]], pa.string()),
        "episode": pa.array([str(t) for t in columns[2]], pa.string()),
        "organisation": pa.array(["NSP"] * len(rows), pa.string()),
    })  # fmt: skip
    groups = pa.table({
        "person": pa.array([str(p) for p in person[starts]], pa.string()),
        "sort": pa.array([""] * int(starts.sum()), pa.string()),
    })  # fmt: skip
    zero = np.zeros(len(rows), dtype=np.int64)
    return Marks(
        group=np.cumsum(starts) - 1, groups=groups, thing=whole[1], episode=whole[2], organisation=zero,
        fellow=whole[3], level=zero, day=whole[4], known_from=whole[5], known_until=whole[6],
        source=np.arange(len(rows)), table=table,
    )  # fmt: skip


@st.composite
def people(draw):
    rows = []
    for person in range(draw(st.integers(0, 4))):
        for thing in range(draw(st.integers(1, 7))):
            day = draw(st.integers(0, 5000))
            known = day + draw(st.sampled_from([0, 3, 200, 4000]))
            until = draw(st.sampled_from([FOREVER, FOREVER, known + 1, known + 300]))
            rows.append((
                person, thing, draw(st.integers(0, 4)), draw(st.sampled_from([None, None, 1, 2])),
                day, known, until,
            ))  # fmt: skip
    return rows


RULE = rule_named("same-type")


@given(
    rows=people(),
    apart=st.sampled_from([0, 30, 180]),
    episodes=st.integers(1, 3),
    slices=st.booleans(),
)
@example(rows=[], apart=180, episodes=2, slices=False)
@settings(max_examples=80, deadline=None)
def test_everybodys_first_day_is_the_pencils(rows, apart, episodes, slices):
    rule = dataclasses.replace(RULE, apart_days=apart, at_least={"episodes": episodes})
    before, counting.AT_ONCE = counting.AT_ONCE, 8 if slices else counting.AT_ONCE
    try:
        found = first_days(marks(rows), rule)
        told = {person: met.on for person, met in first_prompts(marks(rows), rule).items()}
    finally:
        counting.AT_ONCE = before
    expected = {
        str(p): on
        for p, on in by_pencil(rows, window=WINDOW, apart=apart, episodes=episodes).items()
    }
    assert found == expected
    assert told == {person: day_of(on) for person, on in expected.items()}


@given(rows=people(), on=st.integers(0, 9000))
@settings(max_examples=60, deadline=None)
def test_on_any_day_everybodys_count_is_the_pencils(rows, on):
    made = marks(rows)
    counted = counts_on(made, RULE, on)
    for person, count in zip(
        made.groups["person"].to_pylist(), counted.measures["episodes"], strict=True
    ):
        own = [row for row in rows if str(row[0]) == person]
        assert count == count_on(own, on, window=WINDOW, apart=RULE.apart_days)
    met = meeting_on(made, RULE, day_of(on))
    assert len({each.person for each in met}) == how_many_meet(made, RULE, day_of(on))
    for each in met:
        assert sum(row.begins for row in each.rows) == each.episodes


@given(rows=people(), day=st.integers(0, 9000))
@settings(max_examples=60, deadline=None)
def test_nothing_known_later_changes_who_met_it_first_by_then(rows, day):
    """Every later fact dropped, or moved: what was prompted by a day stays what it was."""
    before = {p: on for p, on in first_days(marks(rows), RULE).items() if on <= day}
    known = [(*row[:6], row[6] if row[6] <= day else FOREVER) for row in rows if row[5] <= day]
    moved = known + [(*row[:4], row[4] // 2, row[5], row[6]) for row in rows if row[5] > day]
    for other in (known, moved):
        assert {p: on for p, on in first_days(marks(other), RULE).items() if on <= day} == before
