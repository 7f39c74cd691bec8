"""Who a victim is lies in the compartment, and comes out only as a look on the ledger."""

from dataclasses import replace

import psycopg
import pytest
from django.db import IntegrityError, connection
from django.db.utils import ProgrammingError
from tests.integration.victims.desk import NAME, PHONE, Harm, nobody, viewer
from tests.stores import acting

from onrecord.apps.access.models import Wall, WallThing
from onrecord.apps.access.policies import FreshSignInNeededError
from onrecord.apps.access.roles import Role
from onrecord.apps.audit.services import recording
from onrecord.apps.audit.verifying import verify_record
from onrecord.apps.victims import selectors
from onrecord.apps.victims.selectors import identity_of, my_victims, victim
from onrecord.apps.victims.services import NewEntry, record_entry
from onrecord.core.kernel.clock import today
from onrecord.core.kernel.errors import NotFoundError, NotPermittedError
from onrecord.core.ledger.actors import LOCAL_OPERATOR
from onrecord.project.roles import Role as DatabaseRole

WORDS = "call only when the white van is away"


def looks(verb, *, refused=False):
    with connection.cursor() as cursor:
        cursor.execute(
            "select actor, object_ref, reason from ledger.consultation"
            " where action = %s and was_refused = %s",
            [verb, refused],
        )
        return cursor.fetchall()


def followed(harm):
    return record_entry(
        viewer=harm.officer, reference=harm.reference, party=harm.parties[0],
        new=NewEntry("safe_channel", today(), channel="telephone", words={"times": WORDS}),
    )  # fmt: skip


def test_the_contact_officer_of_the_case_is_told_and_it_is_on_the_ledger(store):
    harm = Harm()
    followed(harm)
    found = identity_of(harm.officer, harm.reference, harm.parties[0])
    assert (found.identity.name, found.identity.contact) == (f"{NAME} 0", PHONE)
    assert [words.words for words in found.words] == [WORDS]
    assert looks("victim:read") == [("vc.officer", str(harm.parties[0]), harm.officer.reason)]


def test_a_look_stays_on_the_ledger_when_what_follows_fails(store, monkeypatch):
    harm = Harm()

    def fails(*_):
        raise RuntimeError

    monkeypatch.setattr(selectors, "read_identity", fails)
    with pytest.raises(RuntimeError):
        identity_of(harm.officer, harm.reference, harm.parties[0])
    assert len(looks("victim:read")) == 1


def test_the_authority_is_told_after_a_fresh_sign_in_only(store):
    harm = Harm()
    stale = replace(harm.authority, is_fresh=False)
    with pytest.raises(FreshSignInNeededError):
        identity_of(stale, harm.reference, harm.parties[0])
    assert looks("victim:read") == []
    assert identity_of(harm.authority, harm.reference, harm.parties[0]).identity.name


OTHERS = [r for r in Role if r not in {Role.VICTIM_CONTACT, Role.APPROPRIATE_AUTHORITY}]


@pytest.mark.parametrize("role", [r for r in OTHERS if r is not Role.LOCAL_OPERATOR])
def test_no_other_role_is_told_not_even_in_the_circle(store, role):
    harm = Harm()
    other = viewer("somebody.else", role)
    harm.admit("somebody.else")
    for ask in (identity_of, victim):
        with pytest.raises(NotPermittedError):
            ask(other, harm.reference, harm.parties[0])
    assert looks("victim:read") == []


def test_out_of_the_circle_behind_a_wall_and_not_there_are_one_answer(store):
    harm = Harm()
    outsider = viewer("vc.other", "victim_contact")
    said = []
    for who, party in ((outsider, harm.parties[0]), (harm.officer, nobody())):
        with pytest.raises(NotFoundError) as told:
            identity_of(who, harm.reference, party)
        said.append(str(told.value))
    with acting():
        wall = Wall.objects.create(kind="restriction", title="x", reason="x")
        WallThing.objects.create(wall=wall, thing_kind="case", lineage=harm.case, added_by="x")
    with pytest.raises(NotFoundError) as told:
        identity_of(harm.officer, harm.reference, harm.parties[0])
    assert {*said, str(told.value)} == {said[0]}
    assert len(looks("victim:read", refused=True)) == 3
    assert my_victims(harm.officer) == []


def test_the_list_has_pseudonyms_of_the_viewers_cases_and_no_name(store):
    harm = Harm(people=2)
    followed(harm)
    found = my_victims(harm.officer)
    assert [(f.party.pseudonym, len(f.entries)) for f in found] == [
        ("Victim 1", 1),
        ("Victim 2", 0),
    ]
    assert NAME not in repr(found)
    assert WORDS not in repr(found)


def test_a_subject_is_never_among_the_victims(store):
    harm = Harm()
    subject = harm.party(1, role="subject")
    assert subject not in {followed.party.lineage for followed in my_victims(harm.officer)}


@pytest.mark.parametrize("role", [r for r in DatabaseRole if r is not DatabaseRole.MIGRATIONS])
def test_only_the_compartments_role_reads_words_and_nobody_changes_them(store, role):
    followed(Harm())
    with psycopg.connect(store.dsn(role), autocommit=True) as opened:
        if role is DatabaseRole.COMPARTMENT:
            rows = opened.execute("select words from compartment.victim_words").fetchall()
            assert rows == [(WORDS,)]
        else:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                opened.execute("select words from compartment.victim_words")
        for change in ("update compartment.victim_words set words = ''",
                       "delete from compartment.victim_words"):  # fmt: skip
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                opened.execute(change)


INSERT = (
    "insert into compartment.victim_words (id, about, case_lineage, party_lineage, label, words,"
    " recorded_by, recorded_at) select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(),"
    " gen_random_uuid(), 'note', 'x', 'x', now()"
)


def test_words_outside_an_act_are_refused(store):
    with pytest.raises(IntegrityError, match="unledgered write"), connection.cursor() as cursor:
        cursor.execute(INSERT)


def test_what_a_contact_officer_records_cannot_be_changed(store):
    entry = followed(Harm())
    with pytest.raises(ProgrammingError), connection.cursor() as cursor:
        cursor.execute("update victims_entry set state = 'x' where id = %s", [entry.pk])


def test_facts_and_words_of_the_compartment_verify(store):
    followed(Harm())
    assert verify_record().findings == []
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from ledger.acts_astray()")
        assert cursor.fetchone() == (0,)
        for table in ("compartment.victim_words", "public.victims_entry"):
            cursor.execute("select * from ledger.rows_astray(%s)", [table])
            assert cursor.fetchall() == []


def test_leaves_are_listed_of_facts_alone_whatever_else_lies_in_the_compartment(store):
    followed(Harm())
    with connection.cursor() as cursor:
        cursor.execute("select distinct kind from ledger.commitments(null, null)")
        kinds = {kind for (kind,) in cursor.fetchall()}
        cursor.execute(
            "select count(*) from ledger.event e, facts.leaves_of(e.event_id)"
            " where e.counts ? 'party_identity'"
        )
        assert cursor.fetchone() == (1,)
    assert "party_identity" in kinds
    assert "victim_words" not in kinds


def test_words_changed_behind_the_applications_back_are_found(store):
    followed(Harm())
    with psycopg.connect(store.admin.dsn(), autocommit=True) as owner:
        owner.execute("set session_replication_role = replica")
        owner.execute("update compartment.victim_words set words = 'call at any time'")
    with connection.cursor() as cursor:
        cursor.execute("select why from ledger.rows_astray('compartment.victim_words')")
        assert cursor.fetchall() == [("not what the last act made it",)]
    assert "call at any time" not in repr(looks("victim:record"))


def test_a_fact_of_the_compartment_still_needs_its_root(store):
    """The table beside it is guarded otherwise; that must not loosen the guard over facts."""
    Harm()
    with connection.cursor() as cursor:
        cursor.execute("select holder_id from facts.party_role limit 1")
        holder = cursor.fetchone()[0]
    with pytest.raises(IntegrityError, match="facts without a root"):
        write_without_a_root(holder)


def write_without_a_root(holder):
    with (
        recording(
            LOCAL_OPERATOR, "fact:follow", object_kind="test", object_ref="x", reason="x"
        ) as rec,
        connection.cursor() as cursor,
    ):
        rec.wrote("party_identity", 1)
        cursor.execute(
            "insert into compartment.party_identity (event_id, lineage, holder_id, change, gone,"
            " known_on, known_basis, salt, leaf) values (%s, gen_random_uuid(), %s, 'first', false,"
            " '2020-01-01', 'stated', decode(repeat('00', 16), 'hex'), decode(repeat('00', 32), 'hex'))",
            [rec.event_id, holder],
        )
