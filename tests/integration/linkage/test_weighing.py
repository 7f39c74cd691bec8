"""A weight worked out from the model file is Splink's own, part by part; and can be read."""

import re

import duckdb
import pytest
from tests.integration.linkage.test_linking_invented import invented, linked

from onrecord.core.linkage.weighing import add_frequencies, frequency_columns, weighed


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    folder = tmp_path_factory.mktemp("weighing")
    return linked(invented(), folder), folder / "mentions.parquet"


@pytest.fixture(scope="module")
def asked(found):
    one, path = found
    with duckdb.connect() as connection:
        connection.execute(
            f"create table mentions as select * from read_parquet('{path}')"
        ).fetchall()
        add_frequencies(connection, "mentions", frequency_columns(one.model))
        rows = one.candidates.to_pylist()
        pairs = [(row["one"], row["other"]) for row in rows]
        yield (
            {(row["one"], row["other"]): row["weight"] for row in rows},
            weighed(connection, one.model, pairs),
        )


def test_it_is_splinks_own_weight_for_every_candidate(asked):
    splinks, ours = asked
    assert len(ours) == len(splinks) > 1000
    apart = [abs(each.weight - splinks[each.one, each.other]) for each in ours]
    assert max(apart) < 1e-6


def test_levels_of_all_sorts_were_among_them(asked):
    _, ours = asked
    levels = {part.level for each in ours for part in each.parts}
    assert {"same", "swapped", "close", "another"} <= levels


def test_it_says_in_words_what_speaks_for_and_against(asked):
    _, ours = asked
    best = max(ours, key=lambda each: each.weight)
    assert "Date of birth: the same (+" in best.words
    told = [float(text) for text in re.findall(r"\(([+-][\d.]+)\)", best.words)]
    assert told == sorted(told, reverse=True)
    assert told == pytest.approx(
        sorted((p.weight for p in best.parts if p.level != "missing"), reverse=True), abs=0.06
    )
