"""What is new is linked as a batch would link it, and what it does not touch is left alone."""

import pytest
from tests.integration.linkage.test_linking_invented import groups, invented, linked, written

from onrecord.core.linkage.adding import link_new
from onrecord.core.linkage.engines import link_engine
from onrecord.core.linkage.linking import Judged
from onrecord.core.linkage.specs import shipped_spec

TOLERATED = 0.005
"""The share of mentions whose person may be another than a batch says: names became more frequent."""


@pytest.fixture(scope="module")
def table():
    return invented(seed=11)


@pytest.fixture(scope="module")
def batch(table, tmp_path_factory):
    return linked(table, tmp_path_factory.mktemp("batch"))


def added(table, new, folder, model, **more):
    with link_engine(memory="1GB", spill=folder) as engine:
        return link_new(shipped_spec("febrl-names"), written(table, folder), engine, new=new,
                        work=folder, model=model, **({"least": -4.0} | more))  # fmt: skip


def some(table, many=120):
    return table["mention"].to_pylist()[:many]


def test_what_hangs_together_with_something_new_is_as_in_the_batch(table, batch, tmp_path):
    new = some(table)
    found = added(table, new, tmp_path, batch.model)
    for least in (0.0, 4.0):
        mine, theirs = (dict(groups(each, least)) for each in (found, batch))
        touched = {*mine, *new}
        assert {m: mine.get(m, m) for m in touched} == {m: theirs.get(m, m) for m in touched}
    assert len(groups(found, 0.0)) < len(groups(batch, 0.0)) / 2


def test_a_batch_that_comes_later_gives_nearly_what_all_at_once_gives(table, batch, tmp_path):
    new = some(table, 300)
    old = table.slice(300)
    (tmp_path / "old").mkdir()
    before = dict(groups(linked(old, tmp_path / "old", model=batch.model), 0.0))
    touched = dict(groups(added(table, new, tmp_path, batch.model), 0.0))
    now = before | touched
    whole = dict(groups(batch, 0.0))
    mentions = table["mention"].to_pylist()
    other = [m for m in mentions if now.get(m, m) != whole.get(m, m)]
    assert len(other) <= TOLERATED * len(mentions)


def test_what_people_judged_holds_and_draws_in_what_it_names(table, batch, tmp_path):
    new = some(table, 5)
    far = table["mention"].to_pylist()[-1]
    judged = Judged(same=[tuple(sorted((new[0], far)))])
    found = dict(groups(added(table, new, tmp_path, batch.model, judged=judged), 0.0))
    assert found[new[0]] == found[far]


def test_nothing_new_is_nothing_to_do(table, batch, tmp_path):
    found = added(table, [], tmp_path, batch.model)
    assert (found.joins, found.candidates.num_rows) == ([], 0)
