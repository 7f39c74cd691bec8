"""The canonical form: one string of bytes for one set of values, and no other."""

import hashlib
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.core.ledger.canonical import (
    VERSION_FIELDS,
    fact_content,
    fact_leaf,
    fact_version,
    field,
    fields,
    leaf_hash,
    text_of,
)

names = st.from_regex(r"[a-z_]{1,12}", fullmatch=True)
# Characters that could pass for the edge of another field, whole languages, and nothing at all.
texts = st.one_of(st.text(), st.text(alphabet="=:\n0123456789ab|\\\x1f"), st.just(""))
tables = st.dictionaries(names, st.none() | texts, max_size=6)


def _parsed(form):
    """Read the form back as somebody would who has only its description."""
    found = {}
    while form:
        name, _, rest = form.partition(b"=")
        length, _, rest = rest.partition(b":")
        value, form = rest[: int(length)], rest[int(length) :]
        assert form.startswith(b"\n")
        form = form[1:]
        found[name.decode()] = value.decode()
    return found


@given(tables)
def test_the_form_can_be_read_back_by_its_description_alone(values):
    assert _parsed(fields(values)) == {k: v for k, v in values.items() if v is not None}


@given(tables, tables)
def test_two_sets_of_values_have_one_form_only_if_they_say_the_same(one, other):
    said = [{k: v for k, v in values.items() if v is not None} for values in (one, other)]
    assert (fields(one) == fields(other)) == (said[0] == said[1])


@given(tables)
def test_the_order_in_which_values_are_given_changes_nothing(values):
    assert fields(dict(reversed(values.items()))) == fields(values)


@given(tables, names)
def test_an_absent_value_leaves_nothing_behind(values, name):
    values.pop(name, None)
    assert fields({**values, name: None}) == fields(values)


def test_an_absent_value_is_not_an_empty_one():
    assert field("a", None) == b""
    assert field("a", "") == b"a=0:\n"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("é", b"a=2:\xc3\xa9\n"),
        ("e\u0301", b"a=3:e\xcc\x81\n"),  # the same letter, differently made, is another value
        ("\U0001f46e", b"a=4:\xf0\x9f\x91\xae\n"),
        ("a\nb=1:x", b"a=7:a\nb=1:x\n"),
        (True, b"a=4:true\n"),
        (False, b"a=5:false\n"),
        (0, b"a=1:0\n"),
        (-7, b"a=2:-7\n"),
        (date(2020, 2, 9), b"a=10:2020-02-09\n"),
        (Decimal("12.5"), b"a=5:12.50\n"),
        (Decimal("-0.10"), b"a=5:-0.10\n"),
        (UUID(int=10), b"a=36:00000000-0000-0000-0000-00000000000a\n"),
    ],
)
def test_a_value_has_one_spelling_and_its_length_is_counted_in_octets(value, written):
    assert field("a", value) == written


def test_a_truth_value_is_not_a_number():
    assert text_of(True) != text_of(1)  # noqa: FBT003 - the value is what is tested
    assert text_of(False) != text_of(0)  # noqa: FBT003 - as above


def test_a_value_that_utf8_cannot_carry_is_refused():
    with pytest.raises(UnicodeEncodeError):
        field("a", "\ud800")


def test_the_same_row_in_a_later_release_says_the_same_and_is_another_version():
    row = {"lineage": UUID(int=1), "category": "x", "holder": "NSP:HR", "change": "first", "gone": False,
           "known_on": date(2020, 1, 1), "known_basis": "extract", "known_rule": None}  # fmt: skip
    later = {**row, "change": "later", "known_on": date(2021, 1, 1)}
    assert fact_content("allegation", row) == fact_content("allegation", later)
    assert fact_version(row) != fact_version(later)
    assert fact_leaf(b"s" * 16, "allegation", row) != fact_leaf(b"s" * 16, "allegation", later)


@pytest.mark.parametrize("name", VERSION_FIELDS)
def test_every_field_of_the_version_is_committed_to(name):
    row = dict.fromkeys(VERSION_FIELDS, "a")
    assert fact_version(row) != fact_version({**row, name: "b"})
    assert fact_content("record", {**row, "code": "c"}) == fact_content("record", {"code": "c"})


def test_a_fact_of_another_kind_says_something_else():
    assert fact_content("record", {"code": "x"}) != fact_content("allegation", {"code": "x"})


def test_a_leaf_is_salt_then_version_then_content_after_a_nought():
    row = {"code": "x", "change": "first"}
    said = b"\x00" + b"s" * 16 + b"change=5:first\n" + b"code=1:x\nkind=6:record\n"
    assert fact_leaf(b"s" * 16, "record", row) == hashlib.sha256(said).digest()


def test_one_fact_under_two_salts_has_two_leaves_that_tell_nothing_of_each_other():
    leaves = {fact_leaf(bytes([n]) * 16, "record", {"code": "x"}) for n in range(50)}
    assert len(leaves) == 50


def test_a_leaf_cannot_pass_for_an_inner_node():
    assert leaf_hash(b"ab") != hashlib.sha256(b"\x01ab").digest()
    assert leaf_hash(b"ab") == hashlib.sha256(b"\x00ab").digest()
