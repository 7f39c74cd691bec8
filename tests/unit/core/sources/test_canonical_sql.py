"""DuckDB makes the same bytes, leaves and lineages as Python does."""

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.core.kernel.ids import lineage_of
from onrecord.core.kernel.kinds import KINDS, ColumnType
from onrecord.core.ledger.canonical import fact_content, fact_leaf, fact_version
from onrecord.core.sources.canonical_sql import (
    SQL_TYPES,
    content_text_sql,
    content_types,
    leaf_sql,
    version_text_sql,
)

_TEXTS = st.text(st.characters(exclude_characters="\x00", exclude_categories=("Cs",)), max_size=30)
_VALUES = {
    ColumnType.TEXT: _TEXTS | st.sampled_from(["", "\n", "a=1:b\n", "é", "日本", "😀"]),
    ColumnType.CODES: st.sampled_from(["", "a,b", "domestic"]),
    ColumnType.DATE: st.dates(),
    ColumnType.BOOL: st.booleans(),
    ColumnType.INTEGER: st.integers(-(2**31), 2**31 - 1),
    ColumnType.MONEY: st.decimals(-999_999_999, 999_999_999, places=2),
    ColumnType.LINEAGE: st.uuids(),
}
_VERSION = {"change": ColumnType.TEXT, "gone": ColumnType.BOOL, "known_basis": ColumnType.TEXT,
            "known_on": ColumnType.DATE, "known_rule": ColumnType.TEXT}  # fmt: skip


@pytest.fixture(scope="module")
def duck():
    with duckdb.connect() as connection:
        yield connection


@st.composite
def facts(draw):
    kind = draw(st.sampled_from(sorted(KINDS.values(), key=lambda one: one.name)))
    types = {**content_types(kind), **_VERSION}
    return kind, {
        name: draw(st.none() | _VALUES[column_type]) for name, column_type in types.items()
    }


@settings(max_examples=60)
@given(fact=facts(), salt=st.binary(min_size=16, max_size=16))
def test_the_canonical_form_is_the_same_in_sql(duck, fact, salt):
    kind, values = fact
    types = {**content_types(kind), **_VERSION}
    typed = ", ".join(f'cast(${name} as {SQL_TYPES[types[name]]}) as "{name}"' for name in types)
    asked = f"{content_text_sql(kind)} as content, {version_text_sql()} as version"
    leaf = leaf_sql("cast($the_salt as blob)", "version", "content")

    content, version, made = duck.execute(
        f"select content, version, {leaf} from (select {asked} from (select {typed}))",
        {**values, "the_salt": salt},
    ).fetchall()[0]

    said = {name: value for name, value in values.items() if name not in _VERSION}
    assert content.encode() == fact_content(kind.name, said)
    assert version.encode() == fact_version(values)
    assert made == fact_leaf(salt, kind.name, values).hex()


@given(key=st.lists(_TEXTS, min_size=1, max_size=4))
def test_a_lineage_is_the_same_in_sql(duck, key):
    from onrecord.core.sources.references import lineage_sql
    from onrecord.core.sources.workbench import LINEAGE_MACRO

    duck.execute(f"create or replace {LINEAGE_MACRO.removeprefix('create ')}").fetchall()
    names = [f"k{place}" for place in range(len(key))]
    given_keys = ", ".join(f"${name} as {name}" for name in names)
    made = duck.execute(
        f"select {lineage_sql(repr('ORG:SYS'), 'allegation', names)} from (select {given_keys})",
        dict(zip(names, key, strict=True)),
    ).fetchall()[0][0]

    assert made == lineage_of("ORG:SYS", "allegation", *key)
