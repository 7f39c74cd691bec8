"""Whatever comes is linked, refused with what to do, or left alone; nothing crashes."""

import pyarrow as pa
import pytest
from tests.integration.linkage.test_linking_invented import groups, invented, linked, written

from onrecord.core.kernel.errors import UsageError
from onrecord.core.linkage.engines import link_engine
from onrecord.core.linkage.linking import link
from onrecord.core.linkage.specs import shipped_spec


@pytest.fixture(scope="module")
def table():
    return invented(seed=19)


@pytest.fixture(scope="module")
def plain(table, tmp_path_factory):
    return linked(table, tmp_path_factory.mktemp("plain"))


def beside(table, family, given="", born=None, many=8):
    """Return the mentions with some more, alike in what they say."""
    rows = {
        "mention": [f"odd-{n}" for n in range(many)], "source": [f"s{n % 2}" for n in range(many)],
        "family": [family] * many, "given": [given or None] * many, "birth_date": [born] * many,
        "truth": [f"odd-{n}" for n in range(many)],
    }  # fmt: skip
    return pa.concat_tables([table, pa.table(rows, schema=table.schema)])


@pytest.mark.parametrize(
    ("family", "given"),
    [("", ""), ("x", "y"), ("a" * 200, "b" * 200), ("刘", "伟"), ("Ђорђевић", "Ђорђе"), ("'; drop table", "--")],
)  # fmt: skip
def test_odd_names_without_a_birth_are_nobodys_and_change_nobody(
    table, plain, tmp_path, family, given
):
    found = linked(beside(table, family, given), tmp_path, model=plain.model)
    ours = {each for each in groups(found, 6.0) if not each[0].startswith("odd")}
    assert ours == groups(plain, 6.0)


def test_with_far_too_little_memory_it_is_said_what_to_do(table, plain, tmp_path):
    with pytest.raises(UsageError) as refused, link_engine(memory="40MB", spill=tmp_path) as engine:
        link(shipped_spec("febrl-names"), written(table, tmp_path), engine, work=tmp_path,
             least=-4.0, model=plain.model)  # fmt: skip
    assert "40MB" in refused.value.message
    assert "Spark" in refused.value.next_step


def test_with_little_memory_it_comes_to_the_same(table, plain, tmp_path):
    with link_engine(memory="150MB", threads=1, spill=tmp_path) as engine:
        found = link(shipped_spec("febrl-names"), written(table, tmp_path), engine, work=tmp_path,
                     least=-4.0, model=plain.model)  # fmt: skip
    assert groups(found, 0.0) == groups(plain, 0.0)


def test_two_mentions_of_one_key_of_one_source_are_one_whatever_they_say(tmp_path, table, plain):
    spec = shipped_spec("people")
    rows = pa.table({
        "mention": ["k1", "k2"], "source": ["s", "s"], "key": ["7", "7"],
        "family": ["barcor", "winlam"], "given": ["fen", "gar"], "birth_date": ["19800101", "19500202"],
    })  # fmt: skip
    named = ("mention", "source", "key", "family", "given", "birth_date")
    path = written(rows, tmp_path, named)
    model = plain.model | {"comparisons": [
        each for each in plain.model["comparisons"] if each["output_column_name"] != "names"
    ]}  # fmt: skip
    with link_engine(memory="1GB", spill=tmp_path) as engine:
        found = link(spec, path, engine, work=tmp_path, least=0.0, model=model)
    assert dict(groups(found, 0.0)) == {"k1": "k1", "k2": "k1"}
