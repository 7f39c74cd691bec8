"""Notes, policy file and letters of a case: kept for good, numbered, and there for who sees the case."""

from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection
from tests.integration.work.desk import CASE, account, bar, somebody, viewer, wall_around
from tests.stores import acting

from onrecord.apps.access.models import CircleMember
from onrecord.apps.audit.selectors import recent_acts
from onrecord.apps.work import case_papers as papers
from onrecord.apps.work import case_reads as reads
from onrecord.apps.work.models import CaseNote, Letter, PolicyEntry
from onrecord.apps.work.morning import morning
from onrecord.core.kernel.clock import today
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError, NotPermittedError

DAY = timedelta(days=1)
DECISION = {
    "decision": "Interview before the search.", "options_rejected": "Search first.",
    "reasons": "The phone may be wiped.",
}  # fmt: skip


@pytest.fixture
def lead(store):
    return somebody("a.lead", "review_lead")


@pytest.fixture
def worker(store):
    return somebody("b.worker")


def let_in(name, case=CASE):
    with acting():
        CircleMember.objects.create(
            user=account(name), thing_kind="case", lineage=case, part="investigator",
            added_by="a-test", reason="a test",
        )  # fmt: skip


def decide(who, **changed):
    return papers.enter_decision(viewer=who, case=CASE, new=papers.NewEntry(**DECISION | changed))


def letter(who, **changed):
    usual = {
        "kind": "out", "correspondent": "The custody office", "subject": "The custody log",
        "words": "Please send the log.", "dated_on": today() - 9 * DAY,
    }  # fmt: skip
    return papers.enter_letter(viewer=who, case=CASE, new=papers.NewLetter(**usual | changed))


def late_letter(who):
    return letter(who, reply_due_on=today() - DAY)


def replies(who):
    return [i.reference for line in morning(who, today()) for i in line.items if i.kind == "letter"]


class TestPolicyFile:
    def test_entries_are_numbered_from_one_in_each_case(self, lead):
        other = CASE.__class__(int=78 << 78)
        assert [decide(lead).number for _ in range(3)] == [1, 2, 3]
        first = papers.enter_decision(viewer=lead, case=other, new=papers.NewEntry(**DECISION))
        assert first.number == 1

    def test_a_correction_is_an_entry_of_its_own_that_points_back(self, lead):
        decide(lead)
        decide(lead, decision="Search before the interview.", corrects=1)
        first, second = reads.policy_file(lead, CASE)
        assert first.decision == "Interview before the search."
        assert second.corrects == first
        assert [entry.number for entry in first.corrections.all()] == [2]
        with pytest.raises(NotFoundError, match="no entry of that number"):
            decide(lead, corrects=9)

    @pytest.mark.parametrize("hole", ["decision", "options_rejected", "reasons"])
    def test_a_decision_without_reasons_or_options_is_none(self, lead, hole):
        with pytest.raises(DataRejectedError, match="Nothing was written"):
            decide(lead, **{hole: "  "})
        assert not PolicyEntry.objects.exists()

    def test_the_ledger_has_the_number_and_none_of_the_words(self, lead):
        decide(lead)
        (act,) = recent_acts(lead, actions=("policy_file:write",), limit=5)
        with connection.cursor() as cursor:
            cursor.execute("select body from ledger.event where action = 'policy_file:write'")
            body = str(cursor.fetchone()[0])
        assert act.actor == "a.lead"
        assert '"number":1' in body.replace(" ", "")
        assert "Interview" not in body


@pytest.mark.parametrize(
    ("model", "column"), [(CaseNote, "words"), (PolicyEntry, "decision"), (Letter, "words")]
)
def test_what_is_written_can_be_neither_changed_nor_taken_away(lead, model, column):
    papers.add_case_note(viewer=lead, case=CASE, words="Rang the office.")
    decide(lead)
    letter(lead)
    for act in (
        lambda: model.objects.update(**{column: "something else"}),
        lambda: model.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="permission denied") as refused, acting():
            act()
        assert isinstance(refused.value.__cause__, psycopg.Error)
    assert not model.objects.filter(**{column: "something else"}).exists()
    assert model.objects.count() == 1


class TestLetters:
    def test_a_late_reply_comes_to_the_morning_until_it_is_answered(self, lead):
        made = late_letter(lead)
        assert replies(lead)[0].endswith(f"/{made.reference}")
        papers.answer_letter(
            viewer=lead, case=CASE, reference=made.reference, kind="in", words="Here it is.",
            dated_on=today(),
        )  # fmt: skip
        assert replies(lead) == []
        (reply, asked) = reads.letters_of(lead, CASE)
        assert reply.letter.answers == made
        assert asked.answer == reply.letter
        assert not asked.is_waiting

    def test_a_reply_due_today_is_not_late(self, lead):
        letter(lead, reply_due_on=today())
        assert replies(lead) == []
        (seen,) = reads.letters_of(lead, CASE)
        assert seen.is_waiting
        assert not seen.is_overdue(today())

    def test_waiting_may_end_without_a_reply_and_is_no_letter_of_the_register(self, lead):
        made = late_letter(lead)
        end = {"case": CASE, "reference": made.reference, "kind": "ended", "dated_on": today()}
        papers.answer_letter(viewer=lead, words="The office was closed down.", **end)
        assert replies(lead) == []
        assert len(reads.letters_of(lead, CASE)) == 1
        with pytest.raises(DataRejectedError, match="answered already"):
            papers.answer_letter(viewer=lead, words="Again.", **end)

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"subject": "The log of PC Ashgrove"}, "who it is about"),
            ({"correspondent": "PC Ashgrove"}, "who it is about"),
            ({"words": " "}, "Nothing was written"),
            ({"dated_on": today() + DAY}, "still to come"),
            ({"reply_due_on": today() - 10 * DAY}, "before the letter"),
        ],
    )
    def test_a_line_that_gives_somebody_away_or_cannot_be_is_refused(self, lead, changed, said):
        with pytest.raises(DataRejectedError, match=said):
            letter(lead, **changed)
        assert not Letter.objects.exists()

    def test_an_answer_is_not_older_than_its_letter(self, lead):
        made = letter(lead)
        with pytest.raises(DataRejectedError, match="older than its letter"):
            papers.answer_letter(
                viewer=lead, case=CASE, reference=made.reference, kind="in", words="Here.",
                dated_on=today() - 10 * DAY,
            )  # fmt: skip

    def test_somebody_of_the_circle_is_told_of_what_others_entered(self, lead, worker):
        late_letter(lead)
        somebody("c.other")
        let_in("b.worker")
        assert len(replies(worker)) == 1
        assert replies(viewer("c.other")) == []


class TestWhoSees:
    def test_out_of_the_circle_there_is_no_case(self, lead, worker):
        papers.add_case_note(viewer=lead, case=CASE, words="Rang the office.")
        for act in everything(worker):
            with pytest.raises(NotFoundError):
                act()
        let_in("b.worker")
        assert [note.words for note in reads.notes_of(worker, CASE)] == ["Rang the office."]

    @pytest.mark.parametrize("hide", ["bar", "wall"])
    def test_what_is_hidden_has_no_notes_decisions_letters_or_late_replies(self, lead, hide):
        late_letter(lead)
        bar("a.lead", CASE) if hide == "bar" else wall_around(CASE)
        assert replies(lead) == []
        for act in everything(lead):
            with pytest.raises(NotFoundError):
                act()
        assert Letter.objects.count() == 1

    def test_a_duty_without_cases_has_no_case_papers(self, store):
        admin = somebody("z.admin", "administrator")
        for act in everything(admin):
            with pytest.raises(NotPermittedError):
                act()


def everything(who):
    """Return every read and write of what is kept with a case."""
    return [
        lambda: reads.notes_of(who, CASE),
        lambda: reads.policy_file(who, CASE),
        lambda: reads.letters_of(who, CASE),
        lambda: reads.letter_named(who, CASE, "L-00000-00000-0"),
        lambda: papers.add_case_note(viewer=who, case=CASE, words="x"),
        lambda: decide(who),
        lambda: letter(who),
    ]
