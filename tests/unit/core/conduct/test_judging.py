"""Whoever says that two are two is believed first; the SQL says the same as the Python."""

import duckdb
from hypothesis import given
from hypothesis import strategies as st

from onrecord.core.conduct.judging import HELD_SQL, held_same

JUDGEMENTS = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), st.sampled_from(["same", "not_same", "undecided"])),
    max_size=12,
)  # fmt: skip


def rows(judged):
    return [{"one": one, "other": other, "judgement": said} for one, other, said in judged]


def test_a_person_outvotes_a_list_and_undecided_outvotes_nobody():
    judged = rows(
        [("a", "x", "same"), ("a", "x", "not_same"), ("b", "x", "same"), ("b", "x", "undecided")]
    )
    assert {(f["one"], f["other"]) for f in held_same(judged, "one", "other")} == {("b", "x")}


@given(JUDGEMENTS)
def test_the_sql_says_the_same(judged):
    with duckdb.connect() as connection:
        connection.execute(
            "create table j (one varchar, other varchar, judgement varchar)"
        ).fetchall()
        if judged:
            connection.executemany(
                "insert into j values (?, ?, ?)", [list(each) for each in judged]
            )
        found = connection.execute(
            f"select one, other from j group by 1, 2 having {HELD_SQL}"
        ).fetchall()
    assert set(found) == {(f["one"], f["other"]) for f in held_same(rows(judged), "one", "other")}
