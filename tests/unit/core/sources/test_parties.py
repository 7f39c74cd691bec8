"""Victims, witnesses and reporters: protected, never subjects, never guessable."""

from unit.core.sources.trying import row, small, trying, write

PARTY = """
  - kind: party
    from: rows
    case: [ref]
    role: {value: victim}
    known: received
    identity: {name: what}
"""


def parties(folder, text=None, pepper="one"):
    with trying(text or small() + PARTY, folder, pepper=pepper) as tried:
        roles = tried.facts(
            "party_role", "lineage", "party", "role", "pseudonym", "record_lineage", "source_ref"
        )
        return roles, tried.facts("party_identity", "lineage", "name", "workforce_record")


def test_a_party_is_an_identity_in_the_compartment_and_a_pseudonym_in_the_case(tmp_path):
    write(tmp_path, row(what="Alex Example"))
    roles, identities = parties(tmp_path)
    (_, party, role, pseudonym, record, reference), (lineage, name, _) = roles[0], identities[0]
    assert (party, role, record, reference) == (lineage, "victim", None, None)
    assert name == "Alex Example"
    assert pseudonym.startswith("V-")


def test_what_a_party_is_called_cannot_be_computed_without_this_installations_secret(tmp_path):
    write(tmp_path, row(what="Alex Example"))
    assert {one[0] for one in parties(tmp_path, pepper="one")[0]}.isdisjoint(
        one[0] for one in parties(tmp_path, pepper="two")[0]
    )


def test_two_alike_in_one_case_are_two_and_stay_the_same_two(tmp_path):
    write(tmp_path, row(what="x"), row(officer="8", what="x"))
    first = parties(tmp_path)
    write(tmp_path, row(officer="8", what="x"), row(what="x"))
    assert len(first[0]) == 2
    assert parties(tmp_path) == first


def test_a_victim_in_the_workforce_is_linked_inside_the_compartment_only(tmp_path):
    write(tmp_path, row())
    roles, identities = parties(tmp_path, small() + PARTY + "    person: officer\n")
    assert roles[0][4] is None
    assert identities[0][2] is not None


def test_a_subject_has_a_record_and_no_protected_identity(tmp_path):
    write(tmp_path, row())
    text = small() + PARTY.replace("victim", "subject") + "    person: officer\n"
    roles, identities = parties(tmp_path, text)
    assert roles[0][1] is None
    assert roles[0][4] is not None
    assert identities == []


def test_no_protected_value_stands_in_the_rejects(tmp_path):
    write(tmp_path, row(what="Alex Example"))
    text = small(("category: what", "category: officer")) + PARTY.replace(
        "{name: what}", "{birth_year: what}"
    )
    with trying(text, tmp_path) as tried:
        found = tried.rejects()
        assert found
        assert all("Alex" not in one.value + one.sentence for one in found)
        assert {one.value for one in found} == {"(protected)"}
