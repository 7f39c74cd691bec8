"""In whose hands work is: leave, who stands in, who passed on what, and how much each has."""

from datetime import timedelta

import pytest
from tests.integration.work.desk import CASE, account, asked, bar, somebody, viewer
from tests.stores import acting

from onrecord.apps.access.leaving import cancel_leave, record_leave
from onrecord.apps.access.models import User
from onrecord.apps.access.selectors import own_leaves
from onrecord.apps.work import services
from onrecord.apps.work.hands import hands_of, team_load
from onrecord.apps.work.models import Task
from onrecord.apps.work.selectors import my_work
from onrecord.core.kernel.clock import today
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError

DAY = timedelta(days=1)


@pytest.fixture
def people(store):
    return somebody("a.lead", "review_lead"), somebody("b.worker"), somebody("c.other")


def away(name, cover=None, first=0, last=5):
    return record_leave(
        viewer=viewer(name), from_on=today() + first * DAY, until_on=today() + last * DAY,
        cover=account(cover) if cover else None,
    )  # fmt: skip


def loads(who):
    return {load.user.username: (load.open, load.overdue) for load in team_load(who, today())}


class TestLeave:
    def test_whoever_stands_in_has_the_work_until_the_leave_is_cancelled(self, people):
        lead, worker, other = people
        task = asked(lead, owner=account("b.worker"))
        leave = away("b.worker", "c.other")
        assert [one.reference for one in my_work(other)] == [task.reference]
        services.result(viewer=other, reference=task.reference, words="It came.")
        asked(lead, owner=account("b.worker"))
        assert my_work(other).count() == 1
        cancel_leave(viewer=worker, number=leave.pk)
        assert my_work(other).count() == 0
        assert own_leaves(worker, today()) == []

    def test_standing_in_lets_nobody_past_a_bar(self, people):
        lead, _, other = people
        asked(lead, owner=account("b.worker"), case_lineage=CASE)
        away("b.worker", "c.other")
        bar("c.other", CASE)
        assert my_work(other).count() == 0

    @pytest.mark.parametrize(
        ("first", "last", "said"),
        [(3, 1, "last day comes before"), (-5, -1, "has gone by"), (4, 9, "away on some of these")],
    )
    def test_days_that_cannot_be_are_refused(self, people, first, last, said):
        away("b.worker", None, 4, 6)
        with pytest.raises(DataRejectedError, match=said):
            away("b.worker", None, first, last)

    def test_nobody_stands_in_for_themselves_nor_from_elsewhere(self, people):
        somebody("b.second", human="b.worker")
        somebody("x.far", organisation="WMP")
        for cover in ("b.worker", "b.second", "x.far"):
            with pytest.raises(DataRejectedError, match="cannot stand in"):
                away("b.worker", cover)

    def test_nobody_cancels_anothers_leave(self, people):
        leave = away("b.worker")
        with pytest.raises(NotFoundError):
            cancel_leave(viewer=people[2], number=leave.pk)
        assert len(own_leaves(people[1], today())) == 1


class TestHands:
    def test_a_list_says_who_is_away_and_who_passed_it_on(self, people):
        lead, worker, other = people
        given = asked(lead, owner=account("b.worker"))
        services.hand_over(
            viewer=worker, reference=given.reference, to=account("c.other"), reason="course"
        )
        kept = asked(lead, owner=account("b.worker"))
        away("b.worker", "c.other")
        tasks = list(my_work(other))
        hands = hands_of(other, tasks, today())
        assert {task.reference for task in tasks} == {given.reference, kept.reference}
        assert {number: step.by for number, step in hands.passed.items()} == {given.pk: "b.worker"}
        assert [leave.user.username for leave in hands.stands_in] == ["b.worker"]
        assert hands.mine is None
        assert hands_of(worker, [], today()).mine is not None

    def test_a_task_that_went_on_is_not_said_to_have_been_passed_by_the_first(self, people):
        lead, worker, _ = people
        task = asked(lead, owner=account("b.worker"))
        services.hand_over(
            viewer=worker, reference=task.reference, to=account("c.other"), reason="course"
        )
        services.allocate(
            viewer=lead, reference=task.reference, to=account("b.worker"), reason="back"
        )
        task = Task.objects.get(pk=task.pk)
        assert hands_of(lead, [task], today()).passed == {}

    def test_the_team_is_counted_as_far_as_the_viewer_may_see(self, people):
        lead, worker, _ = people
        late, hidden, _ = (
            asked(lead, owner=account("b.worker")),
            asked(lead, owner=account("c.other"), case_lineage=CASE),
            asked(lead, owner=account("c.other")),
        )
        with acting():
            Task.objects.filter(pk=late.pk).update(due_on=today() - DAY)
        assert loads(lead) == {"a.lead": (0, 0), "b.worker": (1, 1), "c.other": (2, 0)}
        bar("b.worker", CASE)
        assert loads(worker) == {"a.lead": (0, 0), "b.worker": (1, 1), "c.other": (1, 0)}
        assert hidden.pk

    def test_somebody_in_no_team_is_shown_none(self, people):
        with acting():
            User.objects.filter(username="b.worker").update(team=None)
        assert team_load(viewer("b.worker"), today()) == []
