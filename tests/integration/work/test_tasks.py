"""A task goes from hand to hand, and every step of it stays; what is hidden is nowhere."""

from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from tests.integration.work.desk import CASE, account, asked, bar, somebody, viewer, wall_around
from tests.stores import acting

from onrecord.apps.access.models import CircleMember, Leave
from onrecord.apps.work import services
from onrecord.apps.work.models import Task, TaskStep
from onrecord.apps.work.selectors import (
    case_tasks,
    my_work,
    page_of,
    steps_of,
    task_named,
    team_work,
    unallocated,
)
from onrecord.core.kernel.clock import today
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError, NotPermittedError

DAY = timedelta(days=1)


@pytest.fixture
def people(store):
    lead = somebody("a.lead", "review_lead")
    worker = somebody("b.worker")
    other = somebody("c.other")
    return lead, worker, other


def references(tasks):
    return [task.reference for task in tasks]


def late(task, days=3):
    with acting():
        Task.objects.filter(pk=task.pk).update(due_on=today() - days * DAY)


def away(name, cover):
    with acting():
        return Leave.objects.create(
            user=account(name), cover=account(cover) if cover else None,
            from_on=today() - DAY, until_on=today() + DAY,
        )  # fmt: skip


class TestFromHandToHand:
    def test_raised_allocated_handed_over_resulted_and_reviewed(self, people):
        lead, worker, other = people
        task = asked(lead, due_on=today() + DAY)
        services.allocate(
            viewer=lead, reference=task.reference, to=account("b.worker"), reason="knows the unit"
        )
        services.hand_over(
            viewer=worker, reference=task.reference, to=account("c.other"), reason="on a course"
        )
        services.result(viewer=other, reference=task.reference, words="It came today.")
        services.review(viewer=lead, reference=task.reference, is_enough=True, reason="complete")

        found = task_named(lead, task.reference)
        steps = steps_of(found)
        assert found.state == "reviewed"
        assert [step.kind for step in steps] == [
            "raised", "allocated", "handed_over", "resulted", "reviewed",
        ]  # fmt: skip
        assert [step.by for step in steps] == ["a.lead", "a.lead", "b.worker", "c.other", "a.lead"]

    def test_what_is_referred_back_is_the_owners_again(self, people):
        lead, worker, _ = people
        task = asked(lead, owner=account("b.worker"))
        services.result(viewer=worker, reference=task.reference, words="Nothing there.")
        assert references(my_work(lead)) == [task.reference]
        assert references(my_work(worker)) == []

        services.review(viewer=lead, reference=task.reference, is_enough=False, reason="look again")

        assert references(my_work(worker)) == [task.reference]
        assert references(my_work(lead)) == []

    def test_nobody_reviews_their_own_result_under_any_account(self, people):
        somebody("b.second", "review_lead", human="b.worker")
        _, worker, _ = people
        task = asked(worker, owner=account("b.worker"))
        services.result(viewer=worker, reference=task.reference, words="Done.")
        for name in ("b.worker", "b.second"):
            with pytest.raises(NotPermittedError, match="own result"):
                services.review(
                    viewer=viewer(name), reference=task.reference, is_enough=True, reason="fine"
                )
        assert Task.objects.get(pk=task.pk).state == "resulted"

    def test_only_the_owner_results_or_hands_over(self, people):
        lead, _, other = people
        task = asked(lead, owner=account("b.worker"))
        for who in (lead, other):
            with pytest.raises(NotPermittedError):
                services.result(viewer=who, reference=task.reference, words="Done.")
            with pytest.raises(NotPermittedError):
                services.hand_over(
                    viewer=who, reference=task.reference, to=account("c.other"), reason="mine"
                )

    def test_a_member_takes_what_nobody_has_and_only_for_themselves(self, people):
        lead, worker, _ = people
        task = asked(lead, team=account("b.worker").team)
        with pytest.raises(NotPermittedError, match="leads the team"):
            services.allocate(
                viewer=worker, reference=task.reference, to=account("c.other"), reason="theirs"
            )
        services.allocate(
            viewer=worker, reference=task.reference, to=account("b.worker"), reason="mine"
        )
        assert references(my_work(worker)) == [task.reference]

    def test_who_leads_a_team_gives_out_its_work_and_no_other_teams(self, people):
        somebody("d.sergeant", leads=True)
        lead, *_ = people
        ours = asked(lead, team=account("b.worker").team)
        theirs = asked(lead, owner=account("a.lead"))
        with acting():
            Task.objects.filter(pk=theirs.pk).update(team=None)
        services.allocate(
            viewer=viewer("d.sergeant"), reference=ours.reference, to=account("c.other"),
            reason="free today",
        )  # fmt: skip
        with pytest.raises(NotFoundError):
            services.allocate(
                viewer=viewer("d.sergeant"), reference=theirs.reference, to=account("c.other"),
                reason="free today",
            )  # fmt: skip

    def test_a_finished_task_takes_no_more_acts(self, people):
        lead, worker, _ = people
        task = asked(lead, owner=account("b.worker"))
        services.withdraw(viewer=lead, reference=task.reference, reason="found elsewhere")
        with pytest.raises(DataRejectedError, match="withdrawn"):
            services.result(viewer=worker, reference=task.reference, words="Done.")

    def test_a_day_that_has_gone_by_is_refused_and_an_earlier_day_stays_on_record(self, people):
        lead, *_ = people
        task = asked(lead, due_on=today() + DAY)
        with pytest.raises(DataRejectedError, match="gone by"):
            services.change_due(
                viewer=lead, reference=task.reference, due_on=today() - DAY, reason="earlier"
            )
        services.change_due(
            viewer=lead, reference=task.reference, due_on=today() + 9 * DAY, reason="post is late"
        )
        assert [step.due_on for step in steps_of(task)] == [today() + DAY, today() + 9 * DAY]

    def test_steps_can_be_neither_changed_nor_taken_away(self, people):
        lead, *_ = people
        asked(lead)
        for change in ("update work_taskstep set reason = 'x'", "delete from work_taskstep"):
            with (
                pytest.raises((DatabaseError, psycopg.Error)),
                acting(),
                connection.cursor() as cursor,
            ):
                cursor.execute(change)
        assert TaskStep.objects.get().reason == "We need it to decide."

    def test_no_task_changes_without_an_act(self, people):
        lead, *_ = people
        task = asked(lead)
        with pytest.raises(DatabaseError), transaction.atomic():
            Task.objects.filter(pk=task.pk).update(title="something else")


class TestWhoseItIs:
    def test_what_was_due_first_comes_first_and_what_has_no_day_last(self, people):
        lead, worker, _ = people
        mine = {"owner": account("b.worker")}
        none, later, soon = (
            asked(lead, **mine),
            asked(lead, due_on=today() + 5 * DAY, **mine),
            asked(lead, due_on=today() + DAY, **mine),
        )
        overdue = asked(lead, **mine)
        late(overdue)
        listed = my_work(worker)
        expected = [overdue, soon, later, none]
        assert references(listed) == [task.reference for task in expected]
        assert page_of(listed, 99).number == 1
        assert page_of(listed, 1).overdue == 1

    def test_cover_gets_the_work_of_somebody_away_and_only_while_they_are(self, people):
        lead, _, other = people
        task = asked(lead, owner=account("b.worker"))
        assert references(my_work(other)) == []
        leave = away("b.worker", "c.other")

        assert references(my_work(other)) == [task.reference]
        services.result(viewer=other, reference=task.reference, words="Done for them.")

        with acting():
            Leave.objects.filter(pk=leave.pk).update(cancelled_at=account("b.worker").created_at)
        second = asked(lead, owner=account("b.worker"))
        assert second.reference not in references(my_work(other))

    def test_a_later_leave_with_other_cover_prevails(self, people):
        somebody("d.third")
        lead, _, other = people
        task = asked(lead, owner=account("b.worker"))
        away("b.worker", "c.other")
        with acting():
            Leave.objects.create(
                user=account("b.worker"),
                cover=account("d.third"),
                from_on=today(),
                until_on=today(),
            )
        assert references(my_work(other)) == []
        assert references(my_work(viewer("d.third"))) == [task.reference]

    def test_an_overdue_task_stands_also_with_whom_it_escalates_to(self, people):
        lead, _, other = people
        task = asked(lead, owner=account("b.worker"), escalate_to=account("c.other"))
        assert references(my_work(other)) == []
        late(task)
        assert references(my_work(other)) == [task.reference]

    def test_escalating_shows_it_at_once(self, people):
        lead, worker, other = people
        task = asked(lead, owner=account("b.worker"))
        services.escalate(
            viewer=worker, reference=task.reference, to=account("c.other"), reason="no answer"
        )
        assert references(my_work(other)) == [task.reference]
        assert references(my_work(worker)) == [task.reference]

    def test_lists_of_a_team_and_of_nobody(self, people):
        somebody("e.elsewhere", of="elsewhere")
        lead, worker, _ = people
        free = asked(lead, team=account("b.worker").team)
        taken = asked(lead, owner=account("c.other"))
        assert set(references(team_work(worker))) == {free.reference, taken.reference}
        assert references(unallocated(worker)) == [free.reference]
        for listed in (team_work, unallocated, my_work):
            assert references(listed(viewer("e.elsewhere"))) == []

    def test_another_organisation_sees_none_of_it(self, people):
        watchdog = somebody("w.lead", "review_lead", of=None, organisation="WATCH")
        lead, *_ = people
        task = asked(lead)
        assert references(unallocated(watchdog)) == []
        with pytest.raises(NotFoundError):
            task_named(watchdog, task.reference)
        with pytest.raises(DataRejectedError, match="cannot be given"):
            asked(lead, owner=account("w.lead"))


class TestWhatIsHidden:
    def everywhere(self, who, task):
        with pytest.raises(NotFoundError) as refused:
            task_named(who, task.reference)
        with pytest.raises(NotFoundError) as missing:
            task_named(who, "T-00000-00000-0")
        assert str(refused.value) == str(missing.value)
        lists = [my_work(who), team_work(who), unallocated(who), case_tasks(who, CASE)]
        assert [references(listed) for listed in lists] == [[], [], [], []]
        assert [page_of(listed, 1).total for listed in lists] == [0, 0, 0, 0]
        with pytest.raises(NotFoundError):
            services.add_note(viewer=who, reference=task.reference, words="I was here.")

    def test_a_task_about_a_sealed_case_is_there_for_members_only(self, people):
        lead, worker, other = people
        task = asked(lead, case_lineage=CASE, owner=account("b.worker"))
        wall_around(CASE, "c.other")
        self.everywhere(worker, task)
        self.everywhere(lead, task)
        assert references(case_tasks(other, CASE)) == [task.reference]

    def test_nor_is_it_there_for_somebody_barred(self, people):
        lead, worker, _ = people
        task = asked(lead, case_lineage=CASE, owner=account("b.worker"))
        bar("b.worker", CASE)
        self.everywhere(worker, task)
        assert references(case_tasks(lead, CASE)) == [task.reference]

    def test_a_task_asked_behind_a_wall_is_there_for_members_only(self, people):
        lead, _, other = people
        wall = wall_around(CASE, "c.other")
        task = asked(other, wall=wall)
        self.everywhere(lead, task)
        assert references(unallocated(other)) == [task.reference]
        with pytest.raises(DataRejectedError, match="cannot be given"):
            asked(other, wall=wall, owner=account("b.worker"))
        with pytest.raises(NotFoundError):
            asked(lead, wall=wall)

    def test_nothing_walled_can_be_asked_about_or_given_away(self, people):
        lead, _, other = people
        wall_around(CASE, "c.other")
        with pytest.raises(NotFoundError):
            asked(lead, case_lineage=CASE)
        with pytest.raises(DataRejectedError, match="cannot be given"):
            asked(other, case_lineage=CASE, owner=account("b.worker"))

    def test_a_circle_reaches_no_further_than_the_wall(self, people):
        lead, worker, _ = people
        task = asked(lead, case_lineage=CASE, owner=account("a.lead"))
        with acting():
            CircleMember.objects.create(
                user=account("b.worker"), thing_kind="case", lineage=CASE, part="investigator",
                added_by="a-test", reason="a test",
            )  # fmt: skip
        wall_around(CASE, "a.lead")
        self.everywhere(worker, task)

    def test_looks_and_refusals_are_on_record(self, people):
        lead, worker, _ = people
        task = asked(lead, case_lineage=CASE)
        bar("b.worker", CASE)
        task_named(lead, task.reference)
        with pytest.raises(NotFoundError):
            task_named(worker, task.reference)
        with pytest.raises(NotFoundError):
            task_named(worker, "Ashgrove, Nadia")
        with connection.cursor() as cursor:
            cursor.execute(
                "select actor, object_ref, was_refused from ledger.consultation"
                " where object_kind = 'task' order by consultation_id"
            )
            assert cursor.fetchall() == [
                ("a.lead", task.reference, False),
                ("b.worker", task.reference, True),
                ("b.worker", "malformed", True),
            ]


@pytest.mark.parametrize(
    "title",
    [
        "", "  ", "x" * 121, "Ask PC Ashgrove for the file", "Ask Mr. Harrow", "Ring 07700 900 123",
        "Write to n.ashgrove@example.test", "File of DS 4411",
    ],
)  # fmt: skip
def test_a_title_that_gives_somebody_away_is_refused(people, title):
    with pytest.raises(DataRejectedError):
        asked(people[0], title=title)
    assert not Task.objects.exists()


@pytest.mark.parametrize("title", ["Ask the records office for 2 files", "See C-4T7QX-2M9KB-H"])
def test_a_plain_title_is_taken(people, title):
    assert asked(people[0], title=title).title == title
