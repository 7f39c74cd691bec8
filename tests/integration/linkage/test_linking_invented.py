"""An invented twin of the real sets: people written down several times, with mistakes."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from tests.integration.linkage.names import Invention

from onrecord.core.kernel.errors import UsageError
from onrecord.core.linkage.engines import link_engine
from onrecord.core.linkage.linking import Judged, link
from onrecord.core.linkage.measuring import Truth
from onrecord.core.linkage.specs import shipped_spec
from onrecord.core.linkage.standardising import prepare, standardised_sql

PEOPLE = 900


def invented(seed=7):
    """Return mentions of invented people, two or three each, some misspelt, and who they are."""
    drawn = Invention(seed)
    chance = drawn.chance
    rows = []
    for person in range(PEOPLE):
        family, given = drawn.name(), drawn.name()
        born = "{}{:02}{:02}".format(*drawn.born())
        for copy in range(chance.choice((2, 2, 3))):
            wrong = copy and chance.random() < 0.3
            spelt = family.replace(family[2], "x", 1) if wrong else family
            day = born[:4] + born[6:] + born[4:6] if copy and chance.random() < 0.1 else born
            rows.append((f"m{person}-{copy}", f"s{copy}", spelt, given, day, str(person)))
    chance.shuffle(rows)
    names = ("mention", "source", "family", "given", "birth_date", "truth")
    return pa.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))


def written(table, folder: Path, given=("mention", "source", "family", "given", "birth_date")):
    out = folder / "mentions.parquet"
    with duckdb.connect() as connection:
        prepare(connection)
        connection.register("given", table)
        connection.execute(
            f"copy ({standardised_sql('given', given)}) to '{out}' (format parquet)"
        ).fetchall()
    return out


def linked(table, folder, **more):
    with link_engine(memory="1GB", spill=folder) as engine:
        return link(shipped_spec("febrl-names"), written(table, folder), engine, work=folder,
                    **({"least": -4.0} | more))  # fmt: skip


@pytest.fixture(scope="module")
def table():
    return invented()


@pytest.fixture(scope="module")
def first(table, tmp_path_factory):
    return linked(table, tmp_path_factory.mktemp("first"))


def groups(found, least):
    people = found.people(least)
    return set(zip(people["mention"].to_pylist(), people["person"].to_pylist(), strict=True))


def test_people_are_found_again_and_hardly_anybody_is_made_one_with_another(table, first):
    figures = Truth(table).pairs(first.people(0.0))
    assert figures.precision > 0.99
    assert figures.recall > 0.9


def test_the_same_mentions_give_the_same_people(table, first, tmp_path):
    again = linked(table, tmp_path)
    assert groups(again, 0.0) == groups(first, 0.0)


def test_a_model_learned_before_links_without_learning_again(table, first, tmp_path):
    again = linked(table, tmp_path, model=first.model)
    assert "train" not in again.seconds
    assert groups(again, 0.0) == groups(first, 0.0)


def test_joining_at_once_what_agrees_throughout_changes_nobody(table, first, tmp_path):
    quick = linked(table, tmp_path, model=first.model, sure=2.0)
    assert groups(quick, 2.0) == groups(first, 2.0)


def test_what_people_judged_is_outvoted_by_nothing(table, first, tmp_path):
    together = next(j for j in first.joins if j.weight > 5)
    strangers = ("m1-0", "m2-0")
    judged = Judged(same=[strangers], different=[(together.one, together.other)])
    found = dict(groups(linked(table, tmp_path, model=first.model, judged=judged), 0.0))
    assert found[strangers[0]] == found[strangers[1]]
    apart = [found.get(one, one) for one in (together.one, together.other)]
    assert apart[0] != apart[1]


def test_blocking_that_explodes_is_refused_with_the_estimate_and_what_to_do(tmp_path):
    same = pa.table({"mention": [str(n) for n in range(6000)], "source": ["s"] * 6000,
                     "family": ["same"] * 6000, "given": ["same"] * 6000,
                     "birth_date": ["19800101"] * 6000})  # fmt: skip
    with pytest.raises(UsageError) as refused:
        linked(same, tmp_path)
    assert "17,997,000 pairs" in refused.value.message
    assert "placeholders" in refused.value.next_step


@pytest.mark.parametrize("family", ["刘", "x", "Ш" * 200, None, "a"])
def test_odd_names_are_linked_with_nobody_by_mistake(table, first, tmp_path, family):
    odd = pa.table({"mention": ["odd-1", "odd-2"], "source": ["s1", "s2"], "family": [family] * 2,
                    "given": [None, None], "birth_date": ["19610203", "19720304"],
                    "truth": ["o1", "o2"]}, schema=table.schema)  # fmt: skip
    found = linked(pa.concat_tables([table, odd]), tmp_path, model=first.model)
    people = dict(groups(found, 0.0))
    assert people.get("odd-1", "odd-1") != people.get("odd-2", "odd-2")
