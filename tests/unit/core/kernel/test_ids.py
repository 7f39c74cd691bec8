"""Identifiers: computed alike everywhere, and hard to mistype."""

import hashlib
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.core.kernel.ids import (
    LINEAGE_SEPARATOR,
    check_letter,
    is_public_reference,
    lineage_of,
    new_lineage,
    public_reference,
)

lineages = st.uuids()
parts = st.text(st.characters(exclude_characters=LINEAGE_SEPARATOR, exclude_categories=["Cs"]))


def test_a_lineage_is_the_first_half_of_a_hash_of_holder_kind_and_key():
    text = "NSP:HR\x1fperson_record\x1f4471"
    assert (
        lineage_of("NSP:HR", "person_record", "4471").hex
        == hashlib.sha256(text.encode()).hexdigest()[:32]
    )


@given(st.tuples(parts, parts, parts), st.tuples(parts, parts, parts))
def test_two_keys_have_one_lineage_only_if_they_are_one(one, other):
    assert (lineage_of(*one) == lineage_of(*other)) == (one == other)


@given(parts, parts, st.lists(parts, min_size=1, max_size=3))
def test_a_key_of_two_parts_is_not_a_key_of_their_letters(holder, kind, key):
    assert lineage_of(holder, kind, *key) != lineage_of(holder, kind, *key, "")


def test_a_drawn_lineage_is_drawn_anew():
    assert len({new_lineage() for _ in range(100)}) == 100


@given(st.sampled_from("PCI"), lineages)
def test_a_public_reference_is_well_formed_however_it_is_typed(prefix, lineage):
    reference = public_reference(prefix, lineage)
    assert is_public_reference(reference)
    assert is_public_reference(f"  {reference.lower()} ")
    assert reference.startswith(f"{prefix}-")
    assert not set(reference.split("-", 1)[1]) & set("ILOU")


@given(lineages, st.data())
def test_one_mistyped_character_is_caught(lineage, data):
    reference = public_reference("P", lineage)
    places = [place for place in range(2, len(reference)) if reference[place] != "-"]
    place = data.draw(st.sampled_from(places))
    typed = data.draw(st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
    if typed != reference[place]:
        wrong = reference[:place] + typed + reference[place + 1 :]
        assert not is_public_reference(wrong)


@given(lineages, st.integers(0, 9))
def test_two_neighbours_swapped_are_caught(lineage, place):
    letters = public_reference("P", lineage).replace("-", "")
    if letters[place + 1] != letters[place + 2]:
        swapped = [*letters]
        swapped[place + 1], swapped[place + 2] = swapped[place + 2], swapped[place + 1]
        joined = "".join(swapped)
        assert not is_public_reference(f"P-{joined[1:6]}-{joined[6:11]}-{joined[11]}")


@pytest.mark.parametrize(
    "text", ["", "P", "P-", "P--", "4471", "P-4T7QX-2M9KB", "P-4T7QX-2M9KB-", "P-IIIII-OOOOO-0"]
)
def test_what_is_no_reference_is_not_taken_for_one(text):
    assert not is_public_reference(text)


def test_a_reference_of_a_case_is_not_one_of_a_person():
    lineage = uuid.UUID(int=1 << 100)
    case = public_reference("C", lineage)
    assert not is_public_reference("P" + case[1:])


@given(lineages, lineages)
def test_two_things_share_a_reference_only_if_their_first_fifty_bits_agree(one, other):
    assert (public_reference("P", one) == public_reference("P", other)) == (
        one.int >> 78 == other.int >> 78
    )


def test_the_check_letter_is_one_of_the_letters_used():
    assert {check_letter(f"P{n}") for n in range(500)} <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
