"""Dates, keys, codes and numbers that cannot be right: each has one result."""

from datetime import date

import pytest

from onrecord.core.kernel.errors import DataRejectedError
from unit.core.sources.trying import row, small, trying, write


def test_a_date_in_none_of_the_forms_rejects_its_row(tmp_path):
    write(tmp_path, row(received="2 Jan 2015"), row(ref="C2", received="02/01/2015"))
    with trying(small(), tmp_path) as tried:
        assert tried.facts("case_reported", "reported_on") == [(date(2015, 1, 2),)]
        assert (2, "reported_on") in tried.rejected()


def test_month_first_where_day_first_is_described_rejects_what_cannot_be_read(tmp_path):
    write(tmp_path, row(received="12/25/2015"))
    with trying(small(), tmp_path) as tried:
        assert tried.facts("case_reported") == []


def test_describing_day_first_and_month_first_at_once_is_refused(tmp_path):
    with (
        pytest.raises(DataRejectedError, match="two dates"),
        trying(small(("'%d/%m/%Y'", "'%d/%m/%Y', '%m/%d/%Y'")), tmp_path),
    ):
        pass


def test_a_date_with_a_time_is_the_day(tmp_path):
    write(
        tmp_path,
        row(received="2015-01-02 13:45:00"),
        row(ref="C2", received="2015-01-03T00:00:00Z"),
    )
    with trying(small(), tmp_path) as tried:
        assert tried.facts("case_reported", "reported_on") == [
            (date(2015, 1, 2),),
            (date(2015, 1, 3),),
        ]


def test_the_year_9702_is_left_empty_and_reported(tmp_path):
    write(tmp_path, row(day="9702-05-01"))
    with trying(small(), tmp_path) as tried:
        assert tried.facts("case_reported", "happened_from", "happened_basis") == [
            (None, "not_known")
        ]
        assert [(one.result, one.column, one.value) for one in tried.rejects()] == [
            ("left empty", "happened", "9702-05-01")
        ]


def test_the_year_9702_rejects_the_row_when_nothing_else_says_when_it_was_known(tmp_path):
    write(tmp_path, row(received="9702-05-01"))
    with trying(small(), tmp_path) as tried:
        assert tried.facts("case_reported") == []
        assert (2, "known") in tried.rejected()


def test_the_year_9702_rejects_the_row_when_the_description_says_so(tmp_path):
    write(tmp_path, row(day="9702-05-01"))
    with trying(small(("dates: {", "dates: {out_of_bounds: reject, ")), tmp_path) as tried:
        assert tried.rejected() == [(2, "happened")]


def test_a_year_of_two_digits_is_no_date(tmp_path):
    write(tmp_path, row(received="02/01/15"))
    with trying(small(), tmp_path) as tried:
        assert tried.facts("case_reported") == []


def test_something_known_after_the_extract_was_made_is_rejected(tmp_path):
    write(tmp_path, row(received="2016-04-01"))
    with trying(small(), tmp_path) as tried:
        assert (2, "known") in tried.rejected()


def test_the_first_way_of_knowing_that_has_a_date_counts(tmp_path):
    ways = "known: [received, {derived: day, rule: day-of-event}, extract]"
    text = small().replace("known: received", ways)
    write(tmp_path, row(), row(ref="C2", received=""), row(ref="C3", received="", day=""))
    with trying(text, tmp_path) as tried:
        assert tried.facts(
            "case_reported", "reference", "known_on", "known_basis", "known_rule"
        ) == [
            ("C1", date(2015, 1, 2), "stated", None),
            ("C2", date(2015, 1, 1), "derived", "day-of-event"),
            ("C3", date(2016, 3, 31), "extract", None),
        ]


FINALISED = (
    "facts:",
    """facts:
  - kind: case_finalised
    from: rows
    case: [ref]
    when: officer = 'closed'
    known: day
    columns: {finalised_on: day}
""",
)


def test_finalised_before_reported_is_kept_and_not_known_before_the_case_was(tmp_path):
    write(tmp_path, row(officer="closed", day="2014-12-01", received="2015-01-02"))
    with trying(small(FINALISED), tmp_path) as tried:
        assert tried.facts(
            "case_finalised", "finalised_on", "known_on", "known_basis", "known_rule"
        ) == [(date(2014, 12, 1), date(2015, 1, 2), "derived", "not-before-reported")]
        assert tried.bench.run("select * from put_off") == [("case_finalised", 1)]


def test_an_end_before_its_beginning_is_left_empty(tmp_path):
    write(tmp_path, row(day="2015-01-10", received="2015-01-02"))
    with trying(small(("happened: day", "happened: {from: day, to: received}")), tmp_path) as tried:
        assert tried.facts("case_reported", "happened_from", "happened_to") == [
            (date(2015, 1, 10), None)
        ]


def test_a_row_without_any_key_is_rejected(tmp_path):
    write(tmp_path, row(ref=""))
    with trying(small(), tmp_path) as tried:
        assert tried.facts("case_reported") == []
        assert {(2, "key"), (2, "case")} <= set(tried.rejected())


def test_rows_that_say_the_same_are_one_fact(tmp_path):
    write(tmp_path, row(), row(), row(received="2015-01-05"))
    with trying(
        small(
            (
                "columns: {reference: ref, case_type: {value: complaint}, reported_on: received}",
                "columns: {reference: ref}",
            )
        ),
        tmp_path,
    ) as tried:
        assert tried.facts("case_reported", "known_on") == [(date(2015, 1, 2),)]
        assert tried.rejects() == []


def test_rows_with_one_key_that_differ_are_all_rejected_with_what_belongs_to_them(tmp_path):
    write(tmp_path, row(), row(day="2015-01-09", what="Other"), row(ref="C2"))
    with trying(small(), tmp_path) as tried:
        assert tried.facts("case_reported", "reference") == [("C2",)]
        assert tried.facts("allegation", "source_ref") == [("C2/7/Rudeness",)]
        assert {line for line, _ in tried.rejected()} == {2, 3}


@pytest.mark.parametrize("turned", [False, True])
def test_the_first_known_is_taken_whatever_the_order_of_rows(tmp_path, turned):
    rows = [
        row(day="2015-01-09", received="2015-01-05"),
        row(day="2015-01-01", received="2015-01-02"),
    ]
    write(tmp_path, *(reversed(rows) if turned else rows))
    chosen = small(
        ("    columns: {reference", "    on_conflict: first\n    columns: {reference"),
        ("kind: allegation", "kind: allegation\n    on_conflict: first"),
    )
    with trying(chosen, tmp_path) as tried:
        assert tried.facts("case_reported", "reported_on") == [(date(2015, 1, 2),)]


def test_the_fullest_is_taken_where_that_is_described(tmp_path):
    write(tmp_path, row(day=""), row(day="2015-01-01", received="2015-01-02"))
    chosen = small(
        ("    columns: {reference", "    on_conflict: most_complete\n    columns: {reference")
    )
    with trying(chosen, tmp_path) as tried:
        assert tried.facts("case_reported", "happened_from") == [(date(2015, 1, 1),)]


def test_an_unknown_code_refuses_the_batch_and_is_named(tmp_path):
    text = small(
        ("facts:", "crosswalks: {kinds: {values: {Rudeness: rude}}}\nfacts:"),
        ("{category: what}", "{category: 'lookup(kinds, what)'}"),
    )
    write(tmp_path, row(), row(ref="C2", what="Theft"), row(ref="C3", what="Theft"))
    with (
        pytest.raises(DataRejectedError, match=r"'Theft' \(2 rows, crosswalk kinds\)"),
        trying(text, tmp_path),
    ):
        pass


def test_an_unknown_code_is_kept_or_emptied_where_that_is_described(tmp_path):
    for unknown, expected in (("keep", "Theft"), ("empty", None)):
        text = small(
            (
                "facts:",
                f"crosswalks: {{kinds: {{values: {{rudeness: rude}}, unknown: {unknown}}}}}\nfacts:",
            ),
            ("{category: what}", "{category: 'lookup(kinds, what)'}"),
        )
        write(tmp_path, row(), row(ref="C2", what="Theft"))
        with trying(text, tmp_path) as tried:
            assert {one[0] for one in tried.facts("allegation", "category")} == {"rude", expected}


def test_a_value_that_is_none_of_our_codes_refuses_the_batch_and_says_which_there_are(tmp_path):
    write(tmp_path, row(what="gossip"))
    with (
        pytest.raises(
            DataRejectedError, match=r"'gossip' \(1 row, case_reported.case_type\)"
        ) as refused,
        trying(small(("{value: complaint}", "what")), tmp_path),
    ):
        pass
    assert "case_type is one of: complaint, complaint_outside_sch3, " in refused.value.next_step


@pytest.mark.parametrize(("written", "read"), [("12", 12), ("12.0", 12), ("-3", -3)])
def test_whole_numbers_are_read_however_they_are_written(tmp_path, written, read):
    write(tmp_path, row(what=written))
    with trying(_with_number(), tmp_path) as tried:
        assert tried.facts("narrative", "redactions") == [(read,)]


@pytest.mark.parametrize("written", ["12.5", "twelve", "99999999999", "1e3"])
def test_what_is_no_whole_number_rejects_its_row(tmp_path, written):
    write(tmp_path, row(what=written))
    with trying(_with_number(), tmp_path) as tried:
        assert tried.rejected() == [(2, "redactions")]


def _with_number():
    more = """
  - kind: narrative
    from: rows
    key: [ref]
    known: received
    columns: {redactions: what}
"""
    return small() + more


def test_placeholders_are_never_a_person_and_the_allegation_stays(tmp_path):
    people = (
        "people:\n  officer:\n    key: [officer]\n    unnamed:\n      - {values: ['122060'], note:"
        " unknown officer}\n"
    )
    text = small(
        ("people:\n  officer: {key: [officer]}\n", people),
        (
            "facts:",
            "facts:\n  - {kind: person_record, from: rows, person: officer, known: received}\n",
        ),
    )
    write(tmp_path, row(), row(ref="C2", officer="122060"), row(ref="C3", officer=""))
    with trying(text, tmp_path) as tried:
        assert len(tried.facts("person_record")) == 1
        assert tried.facts(
            "allegation", "source_ref", "subject_note", "record_lineage is null"
        ) == [
            ("C1/7/Rudeness", None, False),
            ("C2/122060/Rudeness", "unknown officer", True),
            ("C3/Rudeness", "no identifier in the source", True),
        ]
        assert tried.rejects() == []


def test_a_placeholder_may_be_told_by_a_formula(tmp_path):
    people = "people: {officer: {key: [officer, what], unnamed: [{when: \"what = 'Nobody'\", note: nobody}]}}\n"
    write(tmp_path, row(what="Nobody"), row())
    with trying(small(("people:\n  officer: {key: [officer]}\n", people)), tmp_path) as tried:
        assert tried.facts("allegation", "subject_note") == [("nobody",), (None,)]


def test_texts_that_mean_nothing_are_empty(tmp_path):
    write(tmp_path, row(what="#VALUE!"), row(ref="C2", what=" NA "))
    with trying(small(("title:", "null_values: ['NA', '#VALUE!']\ntitle:")), tmp_path) as tried:
        assert tried.facts("allegation", "category") == [(None,), (None,)]
