"""Streams, positions and facts are judged from rows alone."""

import hashlib
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from onrecord.core.ledger.canonical import fact_content, fact_version, leaf_hash
from onrecord.core.ledger.fact_checking import Expected, FactRow, FactsCheck
from onrecord.core.ledger.merkle import root_of
from onrecord.core.ledger.verifying import (
    LogCheck,
    LogRow,
    broken_streams,
    canonical_texts,
)


def digest(text):
    return hashlib.sha256(str(text).encode()).digest()


def stream(order):
    """Rows of one stream whose events chained in `order` but are numbered otherwise."""
    rows, previous = [], None
    for number in order:
        rows.append(("s", number, previous, digest(number)))
        previous = digest(number)
    return [(*row, previous) for row in sorted(rows, key=lambda row: row[1])]


@given(st.permutations(range(1, 8)))
def test_a_stream_is_whole_in_whatever_order_its_writers_had_their_turn(order):
    assert list(broken_streams(stream(order))) == []


@given(st.permutations(range(1, 8)), st.integers(0, 6))
def test_a_stream_without_one_of_its_events_is_broken(order, gone):
    rows = [row for row in stream(order) if row[1] != order[gone]]
    assert len(list(broken_streams(rows))) == 1


def log(size):
    return [
        LogRow(at, "event", at, leaf_hash(digest(at)), digest(at),
               root_of([leaf_hash(digest(n)) for n in range(1, at + 1)]) if at % 3 == 0 else None)
        for at in range(1, size + 1)
    ]  # fmt: skip


@given(st.integers(1, 30), st.data())
def test_a_log_without_one_of_its_positions_names_it(size, data):
    gone = data.draw(st.integers(1, size))
    check, rows = LogCheck(), [row for row in log(size) if row.position != gone]
    root = root_of([row.leaf for row in log(size)])
    found = [*check.over(rows), *check.ends_as(size, root, 0)]
    assert [(finding.what, finding.ref) for finding in found] == [("position", str(gone))]


def facts(numbers, event=7):
    return [FactRow(n, event, "allegation", b"", digest(n), None) for n in numbers]


def expected(numbers, event=7):
    return Expected(event, {"allegation": len(numbers)}, root_of([digest(n) for n in numbers]))


@given(st.sets(st.integers(1, 40), min_size=2), st.data())
def test_a_missing_fact_is_missed_and_an_added_one_named(numbers, data):
    written = sorted(numbers)
    gone = data.draw(st.sampled_from(written))
    check = FactsCheck({}, iter([expected(written)]))
    found = list(check.over(facts([n for n in written if n != gone])))
    assert [(f.what, f.event) for f in found] == [("facts", 7)]
    added = FactsCheck({}, iter([expected(written)]))
    found = list(added.over(facts([*written, written[-1] + 5])))
    assert [(f.what, f.ref) for f in found] == [("fact", str(written[-1] + 5))]


def test_facts_of_interleaved_events_are_told_apart_and_nothing_is_kept():
    first, second = expected([1, 3, 5], event=7), expected([2, 4], event=8)
    check = FactsCheck({}, iter([first, second]))
    rows = sorted([*facts([1, 3, 5], 7), *facts([2, 4], 8)], key=lambda row: row.fact_id)
    assert list(check.over(rows)) == []
    assert check.checked == Counter(allegation=5)
    assert check._open == {}


@given(st.dictionaries(st.sampled_from("abcdef"), st.one_of(st.none(), st.text())))
def test_texts_make_the_canonical_form_that_values_make(values):
    content = {"kind": "k", **values}
    names = [name.encode() for name in sorted(content)]
    assert canonical_texts(names, [content[n] for n in sorted(content)]) == fact_content(
        "k", values
    )
    assert canonical_texts([], []) == fact_version({})
