"""What the lists say about hands: who is away, who stands in, who passed a task on."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Protocol

from onrecord.apps.work.hands import Hands, MemberLoad
from onrecord.core.kernel.clock import UK_TIME
from onrecord.core.kernel.viewers import Viewer
from onrecord.web.components.data_table.component import Cell, DataTable, Row, columns, short
from onrecord.web.components.tag.component import Tag
from onrecord.web.wording.dates import short_date, uk_date


class TaskHeld(Protocol):
    """What a line of a list needs of a task."""

    pk: Any
    reference: str
    kind: str
    title: str
    state: str
    due_on: date | None
    raised_at: datetime
    raised_by: str
    escalated_at: datetime | None
    resulted_by: str
    owner: Any
    team: Any
    escalate_to: Any
    case_lineage: Any


class LeaveSeen(Protocol):
    """What a sentence needs of a leave."""

    until_on: date
    user: Any
    cover: Any


def cover_sentences(hands: Hands) -> tuple[str, ...]:
    """Return for whom the viewer stands in, and who stands in for them."""
    said = [
        f"You stand in for {leave.user.display_name} until {uk_date(leave.until_on)}; "
        "what is theirs to do is in this list."
        for leave in hands.stands_in
    ]
    if hands.mine is not None:
        said.append(f"You are away until {uk_date(hands.mine.until_on)}. {_cover(hands.mine)}.")
    return tuple(said)


def leave_note(task: TaskHeld, hands: Hands, viewer: Viewer) -> str:
    """Return that the owner of a task is away, and who stands in; empty if they are there."""
    owner = task.owner
    leave = hands.leaves.get(owner.pk) if owner is not None else None
    if leave is None or task.state != "open" or owner.username == viewer.name:
        return ""
    if leave.cover is not None and leave.cover.username == viewer.name:
        return f"Away until {short_date(leave.until_on)}; you stand in"
    return f"Away until {short_date(leave.until_on)}. {_cover(leave)}"


def passed_note(task: TaskHeld, hands: Hands) -> str:
    """Return who handed a task over to its present owner, and when; empty if nobody did."""
    step = hands.passed.get(task.pk)
    if step is None:
        return ""
    return f"handed over by {step.by} on {short_date(step.at.astimezone(UK_TIME).date())}"


def team_table(loads: Sequence[MemberLoad]) -> DataTable:
    """Return the members of a team with what each has to do."""
    return DataTable(
        caption="Members of your team, by name",
        columns=columns("Who", "#Open", "#Overdue"),
        rows=tuple(
            Row((
                Cell(load.user.display_name, note=_absence(load),
                     tag=Tag("Away", "yellow") if load.leave else None),
                short(f"{load.open:,}"), short(f"{load.overdue:,}"),
            ))
            for load in loads
        ),
        empty="You are in no team.",
    )  # fmt: skip


def _absence(load: MemberLoad) -> str:
    if load.leave is None:
        return "Leads the team" if load.user.leads_team else ""
    return f"Until {short_date(load.leave.until_on)}. {_cover(load.leave)}"


def _cover(leave: LeaveSeen) -> str:
    return f"{leave.cover.display_name} stands in" if leave.cover else "Nobody stands in"
