"""What names something that is nowhere is counted, with what is lost by it."""

from onrecord.core.sources.dangling import dangling
from onrecord.core.sources.health import health_report
from unit.core.sources.trying import row, small, trying, write

ENDS = """
  - kind: service_spell
    from: rows
    key: [officer]
    record: officer
    known: received
    columns: {is_service: {value: true}}
  - kind: spell_end
    from: rows
    record: officer
    known: received
    columns: {spell: {key: [what]}, ended_on: received, spell_ending: {value: ended}}
"""
RECORDS = """
  - kind: person_record
    from: rows
    person: officer
    known: received
    when: officer != '8'
    columns: {service_number: officer}
"""


def test_an_end_that_names_no_spell_is_counted_and_what_is_lost_is_said(tmp_path):
    write(tmp_path, row(officer="7", what="7"), row(ref="C2", officer="8", what="9"))

    with trying(small() + RECORDS + ENDS, tmp_path) as tried:
        sentences = health_report(tried.bench, tried.staged)["sentences"]

    assert (
        "1 fact (spell end) names a spell that is not on record: whoever left still counts as serving."
    ) in sentences
    assert (
        "1 fact (allegation) names a person record that is not on record: nothing says who it is about."
    ) in sentences


def test_what_is_on_record_from_another_source_is_not_dangling(tmp_path):
    write(tmp_path, row(officer="7", what="8"), row(ref="C2", officer="6", what="9"))
    asked = []

    def all_spells(kind, lineages):
        asked.append((kind, len(lineages)))
        return set(lineages) if kind == "service_spell" else set()

    with trying(small() + ENDS, tmp_path) as tried:
        found = dangling(tried.bench, all_spells)

    assert ("service_spell", 2) in asked
    assert [(one["kind"], one["link"], one["facts"]) for one in found] == [
        ("allegation", "record_lineage", 2)
    ]


def test_what_happened_after_it_was_received_is_said(tmp_path):
    write(tmp_path, row(), row(ref="C2", day="2015-02-01", received="2015-01-02"))

    with trying(small(), tmp_path) as tried:
        sentences = health_report(tried.bench, tried.staged)["sentences"]

    said = [one for one in sentences if "after it was received" in one]
    assert len(said) == 1
    assert said[0].startswith("1 fact (case reported) happened after it was received")


def test_one_key_in_conflict_is_told_in_the_singular(tmp_path):
    write(tmp_path, row(), row(day="2015-01-02"))

    with trying(small(), tmp_path) as tried:
        sentences = health_report(tried.bench, tried.staged)["sentences"]

    assert any(one.startswith("1 key stands for rows that differ") for one in sentences)
