"""The compartment answers of two cases in one word; that it was asked is on the ledger, and nothing else comes out."""

from dataclasses import replace

import pytest
from django.db import connection
from tests.integration.victims.desk import NAME, REASON, Harm
from tests.stores import acting

from onrecord.apps.access.models import Wall, WallThing
from onrecord.apps.victims import answering
from onrecord.apps.victims.answering import parties_between
from onrecord.apps.victims.services import record_match
from onrecord.core.conduct.distinct import Answer
from onrecord.core.kernel.ids import public_reference
from onrecord.core.ledger.actors import LOCAL_OPERATOR

SAME, DIFFERENT, CANNOT_TELL = Answer.SAME, Answer.DIFFERENT, Answer.CANNOT_TELL


@pytest.fixture
def harm(store):
    return Harm(people=0)


def second(harm):
    return harm.world.case("WMP:CRIME", "CR/9", "2020-01-02")


def ask(*pairs):
    return parties_between(pairs, actor=LOCAL_OPERATOR, reason="cases of one incident")


def looks():
    with connection.cursor() as cursor:
        cursor.execute(
            "select actor, object_ref, reason from ledger.consultation where action = 'victim:answer'"
        )
        return cursor.fetchall()


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ({"name": NAME, "birth_year": 1980}, {"name": NAME, "birth_year": 1980}, SAME),
        ({"name": NAME, "birth_year": 1980}, {"name": NAME.upper(), "age_stated": 40}, SAME),
        (
            {"name": NAME, "birth_year": 1980},
            {"name": "Perdita Vane", "birth_year": 1951},
            DIFFERENT,
        ),
        ({"name": NAME, "birth_year": 1980}, {"name": NAME}, CANNOT_TELL),
        ({"name": NAME, "birth_year": 1980}, None, CANNOT_TELL),
    ],
)
def test_it_is_one_word_and_the_question_is_on_the_ledger(harm, one, other, answer):
    case = second(harm)
    harm.party(**one)
    if other is not None:
        harm.party(case=case, **other)
    assert ask((harm.case, case)) == {(harm.case, case): answer}
    assert looks() == [(LOCAL_OPERATOR.name, "1 pairs", "cases of one incident")]


def test_only_whoever_complained_or_was_harmed_is_compared(harm):
    case = second(harm)
    harm.party(name=NAME, birth_year=1980)
    harm.party(case=case, role="witness", name=NAME, birth_year=1980)
    assert ask((harm.case, case)) == {(harm.case, case): CANNOT_TELL}


def test_what_the_contact_officer_answered_is_believed_first(harm):
    case = second(harm)
    parties = [harm.party(name=NAME, birth_year=1980), harm.party(case=case, name=NAME, birth_year=1980)]  # fmt: skip
    harm.world.settle()
    harm.admit("vc.officer", case)
    record_match(
        viewer=replace(harm.officer, reason=REASON), one=(harm.reference, parties[0]),
        other=(public_reference("C", case), parties[1]), answer=DIFFERENT, reasons="Two sisters-in-law.",
    )  # fmt: skip
    assert ask((harm.case, case)) == {(harm.case, case): DIFFERENT}


def test_an_officer_who_was_harmed_is_known_by_their_record(harm):
    case = second(harm)
    own = [harm.world.person(holder, "7", "2019-01-01") for holder in ("NSP:HR", "WMP:CRIME")]
    harm.world.add("identity_judgement", "NAT:KEYS", "2019-02-01", record_a=min(own), record_b=max(own),
                   judgement="same", method="source crosswalk")  # fmt: skip
    harm.world.settle()
    harm.party(name="", workforce_record=own[0])
    harm.party(case=case, name="", workforce_record=own[1])
    assert ask((harm.case, case)) == {(harm.case, case): SAME}


@pytest.mark.parametrize("kind", ["case", "party"])
def test_whoever_stands_behind_a_wall_is_compared_with_nobody(harm, kind):
    case = second(harm)
    party = harm.party(name=NAME, birth_year=1980)
    harm.party(case=case, name=NAME, birth_year=1980)
    with acting():
        wall = Wall.objects.create(kind="seal", title="x", reason="x", handling_conditions="x")
        lineage = {"case": harm.case, "party": party}[kind]
        WallThing.objects.create(wall=wall, thing_kind=kind, lineage=lineage, added_by="x")
    assert ask((harm.case, case)) == {(harm.case, case): CANNOT_TELL}


def test_the_look_stays_when_the_compartment_fails_and_nothing_is_asked_for_nothing(
    harm, monkeypatch
):
    assert ask() == {}
    assert looks() == []

    def fails(*_):
        raise RuntimeError

    monkeypatch.setattr(answering, "read_told", fails)
    with pytest.raises(RuntimeError):
        ask((harm.case, second(harm)))
    assert len(looks()) == 1
