"""A fact changed, taken or slipped in behind the program's back is found and named."""

from onrecord.apps.audit.verifying import verify_record
from onrecord.core.ledger.canonical import leaf_hash
from worlds.tampering import as_superuser, edited, first_bad, one, the_allegation


def test_an_edited_value_names_the_fact(store, world):
    with as_superuser(store) as connection:
        fact = the_allegation(connection, world["event"])
        connection.execute(
            "update facts.allegation set category = 'milder' where fact_id = %s", [fact]
        )
    found = first_bad()
    assert (found["what"], found["ref"], found["kind"], found["event"]) == (
        "fact",
        str(fact),
        "allegation",
        world["event"],
    )


def test_an_edited_header_names_the_fact(store, world):
    edits = {
        "known_on": "2011-01-01",
        "record_lineage": None,
        "change": "later",
        "source_ref": "",
        "holder_id": -1,
        "factors": "x",
        "happened_basis": "stated",
    }
    with as_superuser(store) as connection:
        fact = the_allegation(connection, world["event"])
    named = {}
    for column, value in edits.items():
        with edited(store, "facts.allegation", "fact_id", fact, column, value):
            named[column] = first_bad()["ref"]
    assert named == dict.fromkeys(edits, str(fact))
    assert first_bad() is None


def test_an_edited_value_in_the_compartment_names_the_fact(store, world):
    with as_superuser(store) as connection:
        connection.execute("update compartment.party_identity set name = 'Nobody'")
        fact = one(connection, "select fact_id from compartment.party_identity")[0]
    assert first_bad()["ref"] == str(fact)


def test_an_edited_value_with_its_leaf_made_anew_names_the_event(store, world):
    with as_superuser(store) as connection:
        fact = the_allegation(connection, world["event"])
        salt, lineage = one(
            connection, "select salt, lineage from facts.allegation where fact_id = %s", fact
        )
        forged = leaf_hash(salt + str(lineage).encode())
        connection.execute(
            "update facts.allegation set leaf = %s where fact_id = %s", [forged, fact]
        )
    result = verify_record()
    assert [finding.what for finding in result.findings] == ["fact", "facts"]
    assert result.findings[1].event == world["event"]


def test_a_value_and_a_true_leaf_forged_together_name_the_event(store, world):
    from django.db import connection as app

    with as_superuser(store) as connection:
        fact = the_allegation(connection, world["event"])
        connection.execute(
            "update facts.allegation set category = 'milder' where fact_id = %s", [fact]
        )
    from onrecord.apps.audit import proof_rows

    kinds = proof_rows.readers_of_kinds().by_alias["default"]
    rows = proof_rows.fact_rows("default", kinds, proof_rows.holder_codes())
    row = next(row for row in list(rows) if row.fact_id == fact)
    from onrecord.core.ledger.verifying import canonical_texts

    leaf = leaf_hash(
        row.salt + canonical_texts(proof_rows.canonical_names()["allegation"], row.texts)
    )
    with as_superuser(store) as connection:
        connection.execute("update facts.allegation set leaf = %s where fact_id = %s", [leaf, fact])
    app.close()
    found = first_bad()
    assert (found["what"], found["event"]) == ("facts", world["event"])


def test_a_deleted_fact_names_the_event_the_kind_and_the_gap(store, world):
    with as_superuser(store) as connection:
        fact = the_allegation(connection, world["event"])
        connection.execute("delete from facts.allegation where fact_id = %s", [fact])
    found = first_bad()
    assert (found["what"], found["event"], found["kind"]) == ("facts", world["event"], "allegation")
    assert (
        f"1 of allegation. Fact numbers absent between those that are there: {fact}."
        in found["says"]
    )


def test_a_deleted_sealed_fact_is_missed_though_no_role_may_read_it(store, world):
    with as_superuser(store) as connection:
        connection.execute("delete from facts.intelligence_report")
    found = first_bad()
    assert (found["event"], found["kind"]) == (world["event"], "intelligence_report")


def test_a_whole_event_without_its_facts_is_named(store, world):
    with as_superuser(store) as connection:
        event = one(connection, "delete from facts.clearance returning event_id")[0]
    assert first_bad()["event"] == event


def test_an_added_fact_is_named(store, world):
    with as_superuser(store) as connection:
        copied = one(
            connection,
            """
            insert into facts.allegation
            select (jsonb_populate_record(a, jsonb_build_object('fact_id', nextval('facts.fact_id_seq')))).*
              from facts.allegation a where event_id = %s limit 1 returning fact_id""",
            world["event"],
        )[0]
    found = first_bad()
    assert (found["what"], found["ref"], found["event"]) == ("fact", str(copied), world["event"])
    assert "was added" in found["says"]


def test_a_fact_under_an_event_that_never_was_is_named(store, world):
    with as_superuser(store) as connection:
        fact = the_allegation(connection, world["event"])
        connection.execute("update facts.allegation set event_id = 999 where fact_id = %s", [fact])
    assert first_bad() == {
        "what": "fact",
        "ref": str(fact),
        "kind": "allegation",
        "event": 999,
        "says": f"Fact {fact} (allegation) was added: event 999 did not write it.",
    }


def test_a_root_filed_under_another_organisation_is_named(store, world):
    with as_superuser(store) as connection:
        fact = one(
            connection,
            "update facts.case_reported c set organisation_id = o.id from organisations_organisation o"
            " where o.id <> c.organisation_id and c.lineage = %s returning fact_id",
            world["case"],
        )[0]
    found = first_bad()
    assert (found["what"], found["ref"], found["kind"]) == ("fact", str(fact), "case_reported")
