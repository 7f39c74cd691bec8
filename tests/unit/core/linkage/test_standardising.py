"""Names, dates and numbers in one shape, whoever wrote them down."""

import duckdb
import pytest

from onrecord.core.linkage.standardising import prepare, standardised_sql
from onrecord.core.linkage.wordlists import nicknames


def shaped(**given):
    connection = duckdb.connect()
    prepare(connection)
    columns = ", ".join(f"'{v.replace(chr(39), chr(39) * 2)}' as {k}" if v is not None else f"null as {k}"
                        for k, v in ({"mention": "1"} | given).items())  # fmt: skip
    relation = connection.sql(standardised_sql(f"(select {columns})", {"mention", *given}))
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
