"""Judgements by hand: made, superseded, taken back; never overwritten."""

import pytest
from tests.worlds.building import REVIEWER, adair

from onrecord.apps.linking.services import judge_identity
from onrecord.apps.people.selectors import person_page
from onrecord.core.kernel.errors import DataRejectedError, NotPermittedError, UsageError
from onrecord.core.ledger.actors import Actor, ActorKind

PERSON = Actor("j.desk")


@pytest.fixture
def people(store):
    return adair()


def test_taking_a_link_back_parts_the_records_and_keeps_the_earlier_answer(people):
    before = people["world"].view()
    other = people["world"].person("EHP:HR", "77", "2010-01-01", family_name="Adair")
    people["world"].settle()
    judge_identity(
        actor=PERSON,
        record_a=people["own"],
        record_b=other,
        judgement="same",
        reason="same warrant card",
    )
    joined = people["world"].view()
    judge_identity(
        actor=PERSON,
        record_a=other,
        record_b=people["own"],
        judgement="undecided",
        reason="wrong card",
    )
    parted = people["world"].view()

    def size(view):
        return len(person_page(REVIEWER, view, "NSP:HR:4471").of_kind("person_record"))

    assert (size(before), size(joined), size(parted)) == (2, 3, 2)


def test_a_judgement_needs_a_reason_and_a_person_and_two_records(people):
    own, crime = people["own"], people["crime"]
    with pytest.raises(UsageError):
        judge_identity(actor=PERSON, record_a=own, record_b=crime, judgement="same", reason=" ")
    with pytest.raises(NotPermittedError):
        judge_identity(
            actor=Actor("job", ActorKind.SYSTEM),
            record_a=own,
            record_b=crime,
            judgement="same",
            reason="x",
        )
    with pytest.raises(DataRejectedError):
        judge_identity(actor=PERSON, record_a=own, record_b=own, judgement="same", reason="x")
