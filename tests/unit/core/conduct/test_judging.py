"""Whoever says that two are two is believed first, round any chain; the SQL says the same."""

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.core.conduct.judging import held
from onrecord.core.snapshots.clusters import cluster_people

METHODS = (None, "by hand", "source crosswalk", "model people-1")


class Said(dict):
    def __init__(self, number, one, other, judgement, method):
        self.fact_id = number
        super().__init__(one=one, other=other, judgement=judgement, method=method)


def said(*judged):
    return [Said(number, *each) for number, each in enumerate(judged)]


def groups(*judged):
    return held(said(*judged), "one", "other").groups()


def test_a_person_outvotes_a_list_and_undecided_outvotes_nobody():
    found = held(
        said(
            ("a", "x", "same", "source crosswalk"), ("a", "x", "not_same", "by hand"),
            ("b", "x", "same", "model 1"), ("b", "x", "undecided", "by hand"),
        ), "one", "other",
    )  # fmt: skip
    assert found.pairs == (("b", "x"),)
    assert found.apart == {("a", "x")}


@pytest.mark.parametrize("weaker", ["ab", "bc"])
def test_a_chain_gives_way_at_its_weakest_link(weaker):
    method = {True: "model 1", False: "by hand"}
    found = groups(
        ("a", "b", "same", method[weaker == "ab"]), ("b", "c", "same", method[weaker == "bc"]),
        ("a", "c", "not_same", "by hand"),
    )  # fmt: skip
    assert (found["a"] == found["b"]) is (weaker == "bc")
    assert (found["b"] == found["c"]) is (weaker == "ab")


def test_what_was_taken_back_joins_again():
    chain = [("a", "b", "same", "model 1"), ("b", "c", "same", "model 1")]
    assert len(set(groups(*chain, ("a", "c", "undecided", "by hand")).values())) == 1


JUDGEMENTS = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 7), st.sampled_from(["same", "same", "not_same", "undecided"]),
              st.sampled_from(METHODS)).filter(lambda each: each[0] != each[1]),
    max_size=16,
)  # fmt: skip


@given(JUDGEMENTS)
def test_nobody_held_to_be_two_is_one_and_the_snapshot_says_the_same(judged):
    judged = [(*sorted(each[:2]), *each[2:]) for each in judged]
    found = held(said(*judged), "one", "other")
    of = found.groups()
    assert all(of.get(one, one) != of.get(other, other) for one, other in found.apart)
    with duckdb.connect() as connection:
        connection.execute(
            "create table j (fact_id integer, record_a integer, record_b integer, judgement varchar, method varchar)"
        ).fetchall()
        for number, each in enumerate(judged):
            connection.execute("insert into j values (?, ?, ?, ?, ?)", [number, *each]).fetchall()
        cluster_people(connection, "j")
        clusters = dict(connection.execute("select member, cluster from person_cluster").fetchall())
    everybody = range(8)
    assert [clusters.get(n, n) for n in everybody] == [of.get(n, n) for n in everybody]
