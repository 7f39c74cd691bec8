"""What tasks, cover and asks for agreement add to the morning."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import F, Q, QuerySet

from onrecord.apps.access.asking import asks_waiting_for
from onrecord.apps.access.models import User
from onrecord.apps.access.policies import may, reach
from onrecord.apps.settings.declared import NEW_DAYS
from onrecord.apps.settings.listing import labels
from onrecord.apps.settings.selectors import days
from onrecord.apps.settings.vocabularies import TASK_KINDS
from onrecord.apps.work.case_reads import replies_overdue
from onrecord.apps.work.models import OPEN, RESULTED, Notice, Task
from onrecord.apps.work.morning import SHOWN, Item, Line, register
from onrecord.apps.work.notices import notices_for
from onrecord.apps.work.selectors import account_of, covered_by, visible
from onrecord.core.kernel.clock import UK_TIME
from onrecord.core.kernel.ids import public_reference
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.permissions.table import Reach, permissions


def join() -> None:
    """Add these lines to everybody's morning."""
    register("tasks", task_lines, after=10)
    register("agreements", ask_lines, after=20)
    register("mentions", mention_lines, after=25)
    register("letters", letter_lines, after=30)


def task_lines(viewer: Viewer, on: date) -> Iterator[Line]:
    """Tell of the viewer's tasks: late, due, escalated, to review, new, and nobody's yet."""
    me = account_of(viewer)
    seen = visible(viewer).order_by(F("due_on").asc(nulls_last=True), "raised_at", "pk")
    if me is not None:
        yield from _own_lines(viewer, me, seen, on)
    if may(viewer, "task:allocate") or reach(viewer, "task:read") is Reach.ALL:
        nobodys = seen.filter(owner=None, state=OPEN)
        yield _line(
            "Unallocated", "that nobody has", nobodys, on, "list:unallocated", me=viewer.name
        )


def _own_lines(viewer: Viewer, me: User, seen: QuerySet[Task], on: date) -> Iterator[Line]:
    covered = covered_by(me, on)
    mine = seen.filter(state=OPEN, owner__in=covered | {me.pk})
    week = on + timedelta(days=6 - on.weekday())
    late = Q(due_on__lt=on) | Q(escalated_at__isnull=False)
    escalated = seen.filter(late, state=OPEN, escalate_to=me)
    to_review = seen.filter(state=RESULTED, raised_by=viewer.name).exclude(resulted_by=me.human)
    given = mine.filter(
        steps__kind__in=("handed_over", "allocated"), steps__to=me,
        steps__at__date__gte=on - days(NEW_DAYS),
    ).exclude(raised_by=viewer.name).distinct()  # fmt: skip
    for heading, unit, tasks in (
        ("Overdue", "overdue", mine.filter(due_on__lt=on)),
        ("Due today", "due today", mine.filter(due_on=on)),
        ("Due this week", "due this week", mine.filter(due_on__gt=on, due_on__lte=week)),
        ("Escalated to you", "escalated to you", escalated),
        ("Results for you to review", "to review", to_review),
        ("New to you", "new to you", given),
    ):
        yield _line(heading, unit, tasks, on, "list:mine", me=viewer.name)
    if covered:
        yield _cover(covered, mine, on)


def _line(heading: str, unit: str, tasks: QuerySet[Task], on: date, place: str, *, me: str) -> Line:
    first = list(tasks[: SHOWN + 1])
    count = len(first) if len(first) <= SHOWN else tasks.count()
    called = labels(TASK_KINDS) if first else {}
    items = tuple(_item(task, on, me, called) for task in first[:SHOWN])
    return Line(heading, unit, count, items, place)


def _item(task: Task, on: date, me: str, called: dict[str, str]) -> Item:
    """Return a task as a line shows it: what sort, on which case, whose if not the viewer's."""
    said = [called[task.kind]]
    if task.case_lineage is not None:
        said.append(f"case {public_reference('C', task.case_lineage)}")
    if task.owner is not None and task.owner.username != me:
        said.append(task.owner.display_name)
    return Item(when_due(task.due_on, on), task.title, "task", task.reference, " · ".join(said))


def when_due(due_on: date | None, on: date) -> str:
    """Return how a day stands to today, in the few words of a list."""
    if due_on is None:
        return "No day set"
    days = (due_on - on).days
    if days < 0:
        return f"{-days} day{'s' if days < -1 else ''} late"
    return {0: "Today", 1: "Tomorrow"}.get(days, f"{due_on:%a} {due_on.day} {due_on:%b}")


def _cover(covered: frozenset[int], mine: QuerySet[Task], on: date) -> Line:
    """Tell for whom the viewer stands in today, and how much of theirs is open."""
    items = []
    for user in User.objects.filter(pk__in=covered).order_by("display_name"):
        theirs = mine.filter(owner=user)
        number, late = theirs.count(), theirs.filter(due_on__lt=on).count()
        said = f"{number} open task{'' if number == 1 else 's'}, {late} overdue"
        items.append(Item("Away", user.display_name, "list", "mine", said))
    return Line("You stand in for", "whom you stand in for", len(items), tuple(items), "list:mine")


def ask_lines(viewer: Viewer, on: date) -> Iterator[Line]:
    """Tell of acts that take more than one person and wait for the viewer's answer."""
    del on
    if not may(viewer, "two_person:agree"):
        return
    asks = asks_waiting_for(viewer)
    items = tuple(
        Item(
            f"{ask.asked_at.astimezone(UK_TIME):%a %H:%M}", permissions()[ask.verb].meaning, "ask",
            str(ask.pk), f"Asked by {ask.asked_by.display_name}",
        )
        for ask in asks[:SHOWN]
    )  # fmt: skip
    yield Line("Waiting for your agreement", "to agree to or not", len(asks), items, "list:asks")


def letter_lines(viewer: Viewer, on: date) -> Iterator[Line]:
    """Tell of letters whose reply is late, in cases that the viewer works on."""
    if not may(viewer, "letter:read"):
        return
    late = replies_overdue(viewer, on)
    items = tuple(
        Item(
            when_due(letter.reply_due_on, on), letter.subject, "letter",
            f"{public_reference('C', letter.case_lineage)}/{letter.reference}",
            letter.correspondent,
        )
        for letter in late[:SHOWN]
    )  # fmt: skip
    yield Line("Replies that are late", "with a late reply", len(late), items)


def mention_lines(viewer: Viewer, on: date) -> Iterator[Line]:
    """Tell of notes that mention the viewer and that they have not ticked off."""
    del on
    if not may(viewer, "notice:read") or account_of(viewer) is None:
        return
    found = notices_for(viewer).filter(kind="mention")
    first = list(found[: SHOWN + 1])
    count = len(first) if len(first) <= SHOWN else found.count()
    yield Line(
        "Mentions of you", "mentioning you", count, tuple(map(_mention, first[:SHOWN])),
        "list:notices",
    )  # fmt: skip


def _mention(notice: Notice) -> Item:
    when, by = f"{notice.at.astimezone(UK_TIME):%a %H:%M}", f"By {notice.by}"
    if notice.task is not None:
        return Item(when, notice.task.title, "task", notice.task.reference, by)
    case = public_reference("C", notice.note.case_lineage) if notice.note else ""
    return Item(when, f"A note on case {case}", "notes", case, by)
