"""What is recorded for a victim, comparing parties, and the range that leaves the compartment."""

from datetime import timedelta

import pytest
from django.db import connection
from tests.integration.victims.desk import REASON, Harm, viewer

from onrecord.apps.victims.compartment import read_words
from onrecord.apps.victims.models import Entry, Match
from onrecord.apps.victims.selectors import complainants_of, victim
from onrecord.apps.victims.services import NewEntry, record_entry, record_match
from onrecord.core.conduct.distinct import Answer, Range
from onrecord.core.conduct.victims import no_contact_because
from onrecord.core.kernel.clock import today
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError, NotPermittedError


def record(harm, kind, *, by=None, day=None, **said):
    return record_entry(
        viewer=by or harm.officer, reference=harm.reference, party=harm.parties[0],
        new=NewEntry(kind, day or today(), **said),
    )  # fmt: skip


def compare(harm, one, other, answer, *, by=None, reasons="the same date of birth"):
    return record_match(
        viewer=by or harm.officer, one=(harm.reference, harm.parties[one]),
        other=(harm.reference, harm.parties[other]), answer=answer, reasons=reasons,
    )  # fmt: skip


def test_the_three_schemes_stand_beside_each_other_latest_first(store):
    harm = Harm()
    record(harm, "update", what="progress", channel="letter", day=today() - timedelta(days=9))
    record(harm, "right", what="review", state="told", day=today() - timedelta(days=5))
    record(harm, "interested_person", state="consented")
    found = victim(harm.officer, harm.reference, harm.parties[0])
    assert [e.kind for e in found.entries] == ["interested_person", "right", "update"]


def test_no_contact_is_a_result_with_its_reason(store):
    harm = Harm()
    record(harm, "no_contact", what="not_safe", words={"note": "he reads her messages"})
    found = victim(harm.officer, harm.reference, harm.parties[0])
    assert no_contact_because(found.entries) == "not_safe"


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("wish", {"state": "wants_tea"}),
        ("anonymity", {"what": "sexual_offence", "state": "policy"}),
        ("withdrawal", {"what": "complaint", "words": {"shoe_size": "9"}}),
        ("horoscope", {}),
        ("withdrawal", {"what": "complaint", "day": today() + timedelta(days=2)}),
    ],
)
def test_what_cannot_be_so_is_refused_and_nothing_is_written(store, kind, said):
    harm = Harm()
    with pytest.raises(DataRejectedError):
        record(harm, kind, **said)
    assert not Entry.objects.exists()


def test_contact_is_recorded_by_the_contact_officer_alone(store):
    harm = Harm()
    record(harm, "withdrawal", what="complaint", by=harm.authority)
    with pytest.raises(NotPermittedError):
        record(harm, "no_contact", what="died", by=harm.authority)


def test_the_ledger_says_whom_an_entry_is_about_by_lineage_and_repeats_no_word(store):
    harm = Harm()
    record(harm, "safe_channel", channel="email", words={"code_word": "marmalade"})
    with connection.cursor() as cursor:
        cursor.execute(
            "select object_ref, counts, e::text from ledger.event e where action = 'victim:record'"
        )
        ((ref, counts, whole),) = cursor.fetchall()
    assert ref == str(harm.parties[0])
    assert {"victims_entry", "victim_words"} <= set(str(counts).replace("'", '"').split('"'))
    assert "marmalade" not in whole


def test_answers_make_a_range_and_a_later_answer_supersedes(store):
    harm = Harm(people=4)
    assert complainants_of(harm.officer, [harm.case]) == Range(1, 4)
    compare(harm, 0, 1, Answer.DIFFERENT)
    assert complainants_of(harm.officer, [harm.case]) == Range(2, 4)
    compare(harm, 3, 2, Answer.SAME)
    assert complainants_of(harm.officer, [harm.case]) == Range(2, 3)
    compare(harm, 1, 0, Answer.CANNOT_TELL)
    assert complainants_of(harm.officer, [harm.case]) == Range(1, 3)
    assert Match.objects.count() == 3


def test_a_witness_is_no_complainant(store):
    harm = Harm()
    harm.party(1, role="witness")
    assert complainants_of(harm.officer, [harm.case]) == Range(1, 1)


def test_the_reasons_of_an_answer_lie_in_the_compartment(store):
    harm = Harm(people=2)
    compare(harm, 0, 1, Answer.SAME)
    for party in harm.parties:
        assert [w.words for w in read_words(harm.case, party)] == ["the same date of birth"]
    assert "date of birth" not in repr(list(Match.objects.values()))


def test_only_a_contact_officer_of_both_cases_compares(store):
    harm = Harm(people=2)
    with pytest.raises(NotPermittedError):
        compare(harm, 0, 1, Answer.SAME, by=harm.authority)
    with pytest.raises(NotFoundError):
        compare(harm, 0, 1, Answer.SAME, by=viewer("vc.other", "victim_contact"))
    for wrong in ((0, 0, REASON), (0, 1, "  ")):
        with pytest.raises(DataRejectedError):
            compare(harm, wrong[0], wrong[1], Answer.SAME, reasons=wrong[2])
    assert not Match.objects.exists()
