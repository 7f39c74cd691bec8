"""The morning tells each person what waits for them, and nothing of what is hidden from them."""

from datetime import timedelta

import pytest
from tests.integration.work.desk import CASE, account, asked, bar, somebody, viewer, wall_around
from tests.stores import acting
from tests.worlds.commands import answered, typed

from onrecord.apps.access.agreeing import answer_ask, ask_for_agreement
from onrecord.apps.access.asking import ask_waiting, asks_waiting_for, own_asks
from onrecord.apps.access.models import Leave
from onrecord.apps.work import services
from onrecord.apps.work.models import Task
from onrecord.apps.work.morning import Line, morning, register
from onrecord.apps.work.morning_lines import when_due
from onrecord.core.kernel.clock import today
from onrecord.core.kernel.errors import NotFoundError
from onrecord.core.kernel.ids import public_reference

DAY = timedelta(days=1)
LARGE = "export:take_large"


@pytest.fixture
def people(store):
    return somebody("a.lead", "review_lead"), somebody("b.worker"), somebody("c.other")


def told(who, on=None):
    return {line.heading: line for line in morning(who, on or today())}


def due(task, days):
    with acting():
        Task.objects.filter(pk=task.pk).update(due_on=today() + days * DAY)


def ask(name, thing="list-1"):
    return ask_for_agreement(
        viewer=viewer(name), verb=LARGE, object_kind="list", object_ref=thing, reason="needed"
    )


class TestTasks:
    def test_each_task_stands_under_the_day_it_is_due(self, people):
        lead, worker, _ = people
        monday = today() - today().weekday() * DAY
        tasks = [asked(lead, owner=account("b.worker")) for _ in range(4)]
        offsets = [(monday - today()).days + extra for extra in (-1, 0, 6, 7)]
        for task, offset in zip(tasks, offsets, strict=True):
            due(task, offset)
        lines = told(worker, monday)
        found = {
            name: [item.reference for item in lines[name].items]
            for name in ("Overdue", "Due today", "Due this week")
        }
        assert found == {
            "Overdue": [tasks[0].reference],
            "Due today": [tasks[1].reference],
            "Due this week": [tasks[2].reference],
        }

    def test_a_long_line_shows_the_first_few_and_counts_all(self, people):
        lead, worker, _ = people
        for _ in range(7):
            due(asked(lead, owner=account("b.worker")), -2)
        line = told(worker)["Overdue"]
        assert (line.count, len(line.items), line.items[0].when) == (7, 5, "2 days late")

    def test_escalated_to_review_handed_over_and_unallocated(self, people):
        lead, worker, other = people
        free = asked(lead)
        stuck, done, given = (asked(lead, owner=account("b.worker")) for _ in range(3))
        services.escalate(
            viewer=worker, reference=stuck.reference, to=account("c.other"), reason="no answer"
        )
        services.result(viewer=worker, reference=done.reference, words="It came.")
        services.hand_over(
            viewer=worker, reference=given.reference, to=account("c.other"), reason="course"
        )
        ours, theirs = told(lead), told(other)
        assert [item.reference for item in theirs["Escalated to you"].items] == [stuck.reference]
        assert [item.reference for item in theirs["New to you"].items] == [given.reference]
        assert [i.reference for i in ours["Results for you to review"].items] == [done.reference]
        assert [item.reference for item in ours["Unallocated"].items] == [free.reference]

    def test_whoever_stands_in_is_told_for_whom_and_how_much(self, people):
        lead, _, other = people
        due(asked(lead, owner=account("b.worker")), -1)
        with acting():
            Leave.objects.create(
                user=account("b.worker"), cover=account("c.other"),
                from_on=today(), until_on=today() + DAY,
            )  # fmt: skip
        lines = told(other)
        (item,) = lines["You stand in for"].items
        assert (item.text, item.note) == ("B.WORKER", "1 open task, 1 overdue")
        assert lines["Overdue"].count == 1

    @pytest.mark.parametrize("hide", ["bar", "wall"])
    def test_what_is_hidden_is_in_no_line_and_no_count(self, people, hide):
        lead, worker, _ = people
        before = told(worker)
        due(asked(lead, owner=account("b.worker"), case_lineage=CASE), -1)
        assert told(worker)["Overdue"].count == 1
        bar("b.worker", CASE) if hide == "bar" else wall_around(CASE, "a.lead")
        assert told(worker) == before

    @pytest.mark.parametrize(
        ("days", "said"), [(-1, "1 day late"), (-3, "3 days late"), (0, "Today"), (1, "Tomorrow")]
    )
    def test_a_day_is_said_as_people_say_it(self, days, said):
        assert when_due(today() + days * DAY, today()) == said
        assert when_due(None, today()) == "No day set"


class TestAgreements:
    def test_an_ask_waits_for_others_until_one_has_answered(self, people):
        somebody("d.senior", "senior_officer")
        made = ask("a.lead")
        senior = viewer("d.senior")
        (item,) = told(senior)["Waiting for your agreement"].items
        assert (item.kind, item.reference) == ("ask", str(made.pk))
        assert told(viewer("a.lead"))["Waiting for your agreement"].count == 0
        assert "Waiting for your agreement" not in told(viewer("b.worker"))
        assert own_asks(viewer("a.lead"))[0].state == "waiting"
        answer_ask(viewer=senior, ask_id=made.pk, agrees=True, reason="proportionate")
        assert asks_waiting_for(senior) == []
        assert own_asks(viewer("a.lead"))[0].state == "agreed"

    def test_a_second_account_of_whoever_asked_is_not_asked(self, people):
        somebody("a.second", "senior_officer", human="a.lead")
        ask("a.lead")
        assert asks_waiting_for(viewer("a.second")) == []

    def test_a_refusal_ends_it_for_everybody(self, people):
        somebody("d.senior", "senior_officer")
        somebody("e.authority", "appropriate_authority")
        made = ask("a.lead")
        answer_ask(viewer=viewer("d.senior"), ask_id=made.pk, agrees=False, reason="too many")
        assert asks_waiting_for(viewer("e.authority")) == []
        assert own_asks(viewer("a.lead"))[0].state == "refused"

    @pytest.mark.parametrize("thing", [str(CASE), f"{public_reference('C', CASE)}:x"])
    def test_an_ask_about_something_hidden_is_not_there(self, people, thing):
        somebody("d.senior", "senior_officer")
        made = ask("a.lead", thing)
        senior = viewer("d.senior")
        assert ask_waiting(senior, made.pk) == made
        bar("d.senior", CASE)
        assert asks_waiting_for(senior) == []
        for number in (made.pk, made.pk + 999):
            with pytest.raises(NotFoundError, match="nothing to agree to"):
                ask_waiting(senior, number)
            with pytest.raises(NotFoundError, match="nothing to agree to"):
                answer_ask(viewer=senior, ask_id=number, agrees=True, reason="fine")


def test_a_later_part_adds_its_line(people):
    from onrecord.apps.work import morning as meeting

    lead, *_ = people
    register("a-test", lambda *_: [Line("Clocks", "running out", 0, ())], after=1)
    try:
        assert morning(lead, today())[0].heading == "Clocks"
    finally:
        del meeting._PARTS["a-test"]


def test_the_command_tells_the_same_without_a_name(people, capsys):
    lead, *_ = people
    task = asked(lead)
    code, found = answered(capsys, "today", "--reason", "the morning")
    assert code == 0
    (line,) = [line for line in found["lines"] if line["heading"] == "Unallocated"]
    assert line["items"][0]["reference"] == task.reference
    code, said = typed(capsys, "today", "--reason", "the morning")
    assert f"No day set     Ask for the file  ({task.reference})" in said
    assert "Nothing under: " in said
