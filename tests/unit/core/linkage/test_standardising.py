"""Names, dates and numbers in one shape, whoever wrote them down."""

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.core.linkage.keys import keys_of, keys_sql
from onrecord.core.linkage.specs import shipped_spec
from onrecord.core.linkage.standardising import (
    LETTERS,
    PLAIN_LETTERS,
    prepare,
    standardised_sql,
)
from onrecord.core.linkage.wordlists import nicknames


def shaped(**written):
    connection = duckdb.connect()
    prepare(connection)
    columns = ", ".join(f"'{v.replace(chr(39), chr(39) * 2)}' as {k}" if v is not None else f"null as {k}"
                        for k, v in ({"mention": "1"} | written).items())  # fmt: skip
    relation = connection.sql(standardised_sql(f"(select {columns})", {"mention", *written}))
    (row,) = relation.fetchall()
    return dict(zip(relation.columns, row, strict=True))


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("O'Brien", "obrien"), ("O\N{RIGHT SINGLE QUOTATION MARK}BRIEN", "obrien"), ("Müller", "muller"),
        ("Smith-Jones", "smith jones"), ("  van   der Berg ", "van der berg"), ("PC Smith", "smith"),
        ("Detective Sergeant Smith", "smith"), ("Mr. Constable", "constable"), ("Constable", "constable"),
        ("刘", "刘"), ("Łukasz", "łukasz"), ("Unknown", None), ("N/K", None), ("PC Unknown", None),
        ("x", None), ("", None), ("   ", None), ("123", None), (None, None), ("a" * 200, "a" * 60),
    ],
)  # fmt: skip
def test_names(written, name):
    assert shaped(family=written)["family"] == name


@pytest.mark.parametrize(
    ("written", "day", "year"),
    [("1955-02-03", "19550203", 1955), ("19550203", "19550203", 1955), ("1900-01-01", None, None),
     ("1955", None, None), ("", None, None)],
)  # fmt: skip
def test_dates(written, day, year):
    found = shaped(birth_date=written)
    assert (found["birth_date"], found["birth_year"]) == (day, year)


@pytest.mark.parametrize(
    ("written", "number"),
    [("PS 0123", "PS0123"), ("00123", "123"), ("0000", None), ("99999", None), ("N/K", None)],
)
def test_numbers(written, number):
    assert shaped(number=written)["number"] == number


def test_short_forms_have_one_root_and_are_kept_as_written():
    found = shaped(given="Dave")
    assert (found["given"], found["given_root"]) == ("dave", "david")
    roots = dict(nicknames())
    assert len(roots) == len(nicknames())


def test_words_of_all_names_are_sorted_and_said_once():
    found = shaped(family="Jones", given="Ann", whole_name="Ann Mary Jones")
    assert found["words"] == ["ann", "jones", "mary"]
    assert found["names_sorted"] == "ann jones"


def test_a_column_that_nobody_knows_is_refused():
    with pytest.raises(KeyError, match="shoe_size"):
        standardised_sql("given", ["mention", "shoe_size"])


@given(
    st.text(max_size=12), st.text(max_size=12),
    st.one_of(st.none(), st.dates().map(lambda day: f"{day:%Y%m%d}")), st.text("0123456789 -", max_size=5),
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_one_mention_has_the_keys_that_a_batch_gives_it(family, named, born, number):
    blocking = shipped_spec("people").blocking
    columns = ("mention", "family", "given", "birth_date", "number")
    with duckdb.connect() as connection:
        prepare(connection)
        connection.register("raw", pa.table({
            name: pa.array([value], pa.string())
            for name, value in zip(columns, ("m", family, named, born, number), strict=True)
        }))  # fmt: skip
        shaped = standardised_sql("raw", columns)
        (batch,) = connection.execute(f"select {keys_sql(blocking)} from ({shaped})").fetchall()[0]
        values = connection.execute(shaped)
        names = [column[0] for column in values.description]
        (row,) = values.fetchall()
    assert keys_of(dict(zip(names, row, strict=True)), blocking) == batch


@given(st.text(st.characters(max_codepoint=127), max_size=14))
@settings(max_examples=60, deadline=None)
def test_what_is_written_in_ascii_has_one_shape_whichever_letters_are_looked_for(written):
    found = []
    for letters in (LETTERS, PLAIN_LETTERS):
        with duckdb.connect() as connection:
            prepare(connection, letters)
            connection.register("raw", pa.table({"mention": ["m"], "family": [written]}))
            sql = standardised_sql("raw", ("mention", "family"))
            found.append(connection.execute(sql).fetchall())
    assert found[0] == found[1]
