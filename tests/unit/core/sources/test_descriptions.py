"""A description that cannot work is refused with its line and what to do; shipped ones load."""

import json

import pytest
from jsonschema import Draft202012Validator

from onrecord.core.kernel.errors import DataRejectedError, NotFoundError
from onrecord.core.sources.checking import schema
from onrecord.core.sources.loading import find, load, load_file, shipped
from unit.core.sources.trying import small

WRONG = {
    ("kind: allegation", "kind: alegation"): r"line \d+.*did you mean 'allegation'",
    ("    columns: {category", "    colums: {category"): r"line \d+.*did you mean 'columns'",
    ("{category: what}", "{categry: what}"): "did you mean 'category'",
    ("from: rows\n    case", "from: raws\n    case"): "did you mean 'rows'",
    ("holder: SMALL:COMPLAINTS", "holder: SMALL"): None,
    ("title: A small register\n", ""): "'title' is missing",
    ("onrecord: 1", "onrecord: 2"): "must be 1",
    ("extract_date: 2016-03-31", "extract_date: 31 March"): "not of the right form",
    ("extract_date: 2016-03-31", "extract_date: 2016-02-31"): "not a date there has been",
    ("record: officer", "record: constable"): "not one of `people`",
    ("    known: received\n    columns: {category", "    columns: {category"): "when it could first have been known",
    ("    key: [ref, officer, what]\n", ""): "needs a key",
    ("{value: complaint}", "{value: grumble}"): "'grumble' is not one of",
    ("known: received\n    columns: {category", "known: recei ved\n    columns: {category"): "not expected there",
    ("{category: what}", "{category: 'lookup(nowhere, what)'}"): "no crosswalk 'nowhere'",
    ("kind: allegation", "kind: party"): "party",
    ("kind: allegation", "kind: party_role"): "say 'party'",
    ("facts:", "crosswalks: {ending: {values: {Cleared: positively_disproved}}}\nfacts:"): "write one of proven, not_",
    ("rows: {file: rows.csv}", "rows: {file: rows.doc}"): "format",
    ("tables:", "tables\n:"): "not YAML",
    ("key: [ref, officer, what]", "key: [[Complaint Id]]"): r"needs quotation marks round it.*'\[Complaint Id\]'",
    ("case: [ref]\n    happened", "case: [[Complaint Id]]\n    happened"): "needs quotation marks round it",
    ("{category: what}", "{category: [Complaint Id]}"): "needs quotation marks round it",
    ("{file: rows.csv}", "{file: ../rows.csv}"): "lies in the data folder",
    ("{file: rows.csv}", "{file: /etc/passwd}"): "lies in the data folder|format",
    ("{file: rows.csv}", "{query: {dsn_env: ONRECORD_DATABASE_URL, sql: select 1}}"): "Environment variable",
}  # fmt: skip


@pytest.mark.parametrize(
    "change", [one for one in WRONG if WRONG[one]], ids=lambda one: one[1][:30]
)
def test_a_wrong_description_is_explained(change):
    with pytest.raises(DataRejectedError, match=WRONG[change]) as caught:
        load(small(change))
    assert caught.value.next_step


def test_the_line_that_is_named_is_the_line_that_is_wrong():
    text = small(("kind: allegation", "kind: alegation"))
    line = next(n for n, one in enumerate(text.splitlines(), 1) if "alegation" in one)
    with pytest.raises(DataRejectedError, match=f"line {line} "):
        load(text)


def test_what_looks_like_a_number_or_a_word_of_yaml_stays_the_text_that_was_typed():
    described = load(
        small(("title: A small register", "title: x\nnull_values: [NO, 007, 1_000, 2015-01-01]"))
    )
    assert described.tables["rows"].null_values == {"NO", "007", "1_000", "2015-01-01"}


def test_the_published_schema_is_a_json_schema():
    Draft202012Validator.check_schema(schema())
    assert json.dumps(schema())


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_description_loads_under_its_own_name(name):
    described = load_file(find(name))
    assert described.name == name
    assert described.extract_date is not None


def test_a_description_that_is_not_there_is_answered_with_the_nearest():
    with pytest.raises(NotFoundError, match="'example_force'"):
        find("exampleforce")
