"""Formulas: what they give, and how a wrong one is explained."""

from datetime import date

import pytest

from onrecord.core.kernel.errors import DataRejectedError
from onrecord.core.sources.formula_sql import FUNCTIONS, condition_sql, identifier, value_sql
from onrecord.core.sources.formulas import columns_in, parse
from onrecord.core.sources.loading import load
from onrecord.core.sources.workbench import open_workbench
from unit.core.sources.trying import small

ROW = {
    "a": "x",
    "b": None,
    "n": "12.0",
    "d": "31/12/2015",
    "long name": "hello",
    "t.c": "joined",
    "dv": "Y",
}
VALUES = {
    "a": "x", "b": None, "[long name]": "hello", "t.c": "joined", "'it''s'": "it's", "''": None, "3": "3",
    "coalesce(b, a)": "x", "concat(a, ' ', b)": "x", "concat(b, b)": None, "concat(a, '-', n)": "x-12.0",
    "upper(a)": "X", "lower('ABC')": "abc", "trim(' a ')": "a", "whole(n)": "12", "whole(a)": "x",
    "left('hello', 2)": "he", "right('hello', 2)": "lo", "substr('hello', 2, 3)": "ell", "substr('hello', 3)": "llo",
    "part('a-b-c', '-', 2)": "b", "find('ref 123 x', '[0-9]+')": "123", "find(a, '[0-9]+')": None,
    "replace('case 12', 'case ', '')": "12", "date('2015', '3', '7')": "2015-03-07", "date('2015', '13', '7')": None,
    "day(d)": "2015-12-31", "day('2015-12-31 10:00')": "2015-12-31", "year(d)": "2015", "year(a)": None,
    "start_of_year('2010')": "2010-01-01", "end_of_year('2010')": "2010-12-31",
    "end_of_month('2012-02-03')": "2012-02-29",
    "add_days('2012-02-28', 2)": "2012-03-01", "add_days('2012-02-28', -28)": "2012-01-31",
    "least('2012-01-01', '2011-01-01')": "2011-01-01", "greatest('a', 'b')": "b",
    "if(a = 'x', 'yes', 'no')": "yes", "if(b = 'x', 'yes')": None, "codes('b', 'a', '', 'b')": "a,b",
    "codes('')": None, "pair('taser', a)": "taser=x", "pair('taser', b)": None, "pair('k', 'a,b=c')": "k=a;b-c",
    "a = 'x'": "true", "b = 'x'": "false",
}  # fmt: skip
CONDITIONS = {
    "a = 'x'": True, "a != 'x'": False, "a <> 'y'": True, "b = 'x'": False, "b != 'x'": True, "not b = 'x'": True,
    "b is empty": True, "a is not empty": True, "a in ('x', 'y')": True, "b in ('x')": False, "b not in ('x')": True,
    "a = 'x' and b is empty": True, "a = 'y' or a = 'x'": True, "not (a = 'y' or b is empty)": False,
    "n > 9": True, "n < 9": False, "n >= 12": True, "day(d) <= '2015-12-31'": True, "dv": True, "b": False,
    "a = 'x' and b = 'y' or dv = 'Y'": True,
}  # fmt: skip


@pytest.fixture(scope="module")
def duck(tmp_path_factory):
    bench = open_workbench(
        load(small()), date(2016, 3, 31), tmp_path_factory.mktemp("duck"), pepper="p"
    )
    columns = ", ".join(
        f"{'null' if value is None else repr(value)}::varchar as {identifier(name)}"
        for name, value in ROW.items()
    )
    bench.run(f"create table one as select {columns}")
    yield bench
    bench.close()


@pytest.mark.parametrize("formula", VALUES)
def test_a_formula_gives(duck, formula):
    assert duck.value(f"select {value_sql(parse(formula), identifier)} from one") == VALUES[formula]


@pytest.mark.parametrize("formula", CONDITIONS)
def test_a_condition_is(duck, formula):
    assert (
        duck.value(f"select {condition_sql(parse(formula), identifier)} from one")
        is CONDITIONS[formula]
    )


def test_every_function_is_tried():
    tried = " ".join((*VALUES, *CONDITIONS))
    assert {name for name in FUNCTIONS if f"{name}(" not in tried} == {"lookup"}


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("", "a column or a value is expected"),
        ("concat(a", "'\\)' is missing"),
        ("a b", "'b' is not expected there"),
        ("a; drop table x", "cannot be read"),
        ("a = ", "a column or a value is expected"),
        ("a is b", "'empty' is missing"),
        ("upcase(a)", "no function 'upcase'"),
        ("upper(a, b)", "takes 1"),
        ("left(a, b)", "must be written out"),
        ("left(a, 'two')", "not a whole number"),
        ("read_csv('/etc/passwd')", "no function 'read_csv'"),
        ("t.", "after the full stop"),
    ],
)
def test_a_wrong_formula_is_explained(formula, said):
    with pytest.raises(DataRejectedError, match=said):
        value_sql(parse(formula), identifier)


def test_no_text_in_a_formula_becomes_sql(duck):
    wicked = "x' || (select 1) || '"
    written = "'" + wicked.replace("'", "''") + "'"
    assert duck.value(f"select {value_sql(parse(written), identifier)}") == wicked
    assert identifier('a"b') == '"a""b"'


def test_the_columns_of_a_formula_are_found():
    assert set(columns_in(parse("if(a = 'x', t.c, lookup(walk, [long name]))"))) == {
        "a",
        "t.c",
        "long name",
    }
