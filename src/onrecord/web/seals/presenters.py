"""What the pages of seals say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.urls import reverse

from onrecord.apps.access.policies import may
from onrecord.apps.sealing.selectors import LETTERS, Alert, Report, Seal, SealPage
from onrecord.core.kernel.clock import today
from onrecord.core.kernel.ids import is_public_reference, public_reference
from onrecord.core.kernel.viewers import Viewer
from onrecord.web.components.data_table.component import Cell, DataTable, Row, columns
from onrecord.web.components.summary.component import Line
from onrecord.web.components.tag.component import Tag
from onrecord.web.seals.acts import ACTS
from onrecord.web.wording.dates import uk_date, uk_moment
from onrecord.web.wording.numbers import counted


class Asked(Protocol):
    """What a page needs of a question."""

    reference: str
    thing_kind: str
    lineage: UUID
    asked_by: Any
    asked_at: datetime
    words: str
    answers: Any


@dataclass(frozen=True, slots=True)
class Link:
    """Something that can be done, and where."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class ListShown:
    """The list of seals."""

    table: DataTable
    may_open: bool
    waiting: str


@dataclass(frozen=True, slots=True)
class Removable:
    """Something or somebody behind the seal, with the way out."""

    label: str
    note: str
    href: str
    out: str


@dataclass(frozen=True, slots=True)
class SealShown:
    """Everything that the page of a seal writes."""

    title: str
    tag: Tag
    about: tuple[Line, ...]
    things: tuple[Removable, ...]
    members: tuple[Removable, ...]
    alerts: DataTable
    reports: DataTable | None
    developments: DataTable
    reviews: DataTable
    acts: tuple[Link, ...]
    is_owner: bool


@dataclass(frozen=True, slots=True)
class QuestionShown:
    """One question and what was answered."""

    reference: str
    about: str
    who: str
    words: str
    answers: tuple[tuple[str, str], ...]


def list_shown(walls: Sequence[Seal], viewer: Viewer, waiting: int) -> ListShown:
    """Return the viewer's seals, overdue reviews first."""
    return ListShown(
        table=DataTable(
            caption="Seals that you stand behind",
            columns=columns("Seal", "Owner", "Next review"),
            rows=tuple(_row(wall) for wall in walls),
            empty="You stand behind no seal.",
        ),
        may_open=may(viewer, "seal:open"),
        waiting=f"{counted(waiting, 'question')} waiting for an answer" if waiting else "",
    )


def seal_shown(page: SealPage, viewer: Viewer) -> SealShown:
    """Return one seal."""
    wall = page.seal
    is_owner = wall.owner is not None and wall.owner.username == viewer.eyes
    return SealShown(
        title=wall.title,
        tag=_tag(wall),
        about=(
            Line("Owner", str(wall.owner.display_name) if wall.owner else "Nobody yet"),
            Line("Why", wall.reason),
            Line("Handling", wall.handling_conditions),
            Line("Opened", uk_moment(wall.opened_at)),
            Line("Next review", uk_date(wall.review_on) if wall.review_on else "None set"),
        ),
        things=tuple(
            Removable(
                reference, f"Since {uk_moment(thing.added_at)}", _page_of(thing.thing_kind, reference),
                reverse("seals:take-out", args=[wall.pk, thing.pk]),
            )
            for thing, reference in page.things
        ),
        members=tuple(
            Removable(
                member.user.display_name, f"Since {uk_moment(member.added_at)}", "",
                reverse("seals:end-member", args=[wall.pk, member.pk]),
            )
            for member in wall.members.filter(removed_at=None).select_related("user")
        ),
        alerts=_alerts(wall, page.alerts),
        reports=_reports(wall, page.reports),
        developments=_developments(page.developments),
        reviews=_reviews(wall),
        acts=tuple(
            Link(act.heading, reverse(f"seals:{name}", args=[wall.pk])) for name, act in ACTS.items()
        ) if is_owner and wall.ended_at is None else (),
        is_owner=is_owner and wall.ended_at is None,
    )  # fmt: skip


def asked_shown(questions: Sequence[Asked]) -> tuple[QuestionShown, ...]:
    """Return what the viewer asked before, newest first."""
    return tuple(question_shown(question) for question in questions)


def questions_shown(questions: Sequence[Asked]) -> DataTable:
    """Return the questions that are the viewer's to answer."""
    return DataTable(
        caption="Questions, those without an answer first",
        columns=columns("Question", "About", "Asked by", "Answer"),
        rows=tuple(
            Row((
                Cell(question.reference, href=reverse("seals:question", args=[question.reference])),
                Cell(_about(question)),
                Cell(question.asked_by.display_name, note=uk_moment(question.asked_at)),
                Cell("Answered" if question.answers.all() else "Not yet"),
            ))
            for question in questions
        ),
        empty="Nobody has asked anything.",
    )  # fmt: skip


def question_shown(question: Asked) -> QuestionShown:
    """Return one question with its answers."""
    return QuestionShown(
        reference=question.reference,
        about=_about(question),
        who=f"{question.asked_by.display_name}, {uk_moment(question.asked_at)}",
        words=question.words,
        answers=tuple(
            (f"{answer.by.display_name}, {uk_moment(answer.at)}", answer.words)
            for answer in question.answers.all()
        ),
    )


def report_shown(report: Report, wall: Seal) -> dict[str, Any]:
    """Return one intelligence report."""
    return {
        "title": f"Intelligence report {report.reference}".strip(),
        "back": Link(wall.title, reverse("seals:seal", args=[wall.pk])),
        "about": (
            Line("First known", uk_date(report.known_on)),
            Line("Held by", report.holder),
            Line("Source evaluation", report.source_evaluation or "Not stated"),
            Line("Information assessment", report.information_assessment or "Not stated"),
            Line("Handling code", report.handling_code or "Not stated"),
            Line("Handling conditions", report.handling_conditions or "Not stated"),
            Line("Originator", report.originator or "Not stated"),
        ),
        "body": report.body,
    }


def _about(question: Asked) -> str:
    return public_reference(LETTERS[question.thing_kind], question.lineage)


def _row(wall: Seal) -> Row:
    return Row((
        Cell(wall.title, href=reverse("seals:seal", args=[wall.pk]), tag=_tag(wall)),
        Cell(wall.owner.display_name if wall.owner else "Nobody yet"),
        Cell(uk_date(wall.review_on) if wall.review_on else "None set"),
    ))  # fmt: skip


def _tag(wall: Seal) -> Tag:
    if wall.ended_at is not None:
        return Tag("Lifted", "grey")
    if wall.review_on is not None and wall.review_on <= today():
        return Tag("Review overdue", "red")
    return Tag("Sealed", "blue")


def _page_of(kind: str, reference: str) -> str:
    names = {"case": "cases:case", "person": "people:person", "incident": "incidents:incident"}
    return reverse(names[kind], args=[reference])


def _alerts(wall: Seal, alerts: Sequence[Alert]) -> DataTable:
    return DataTable(
        caption="Looks by others at what it covers, newest first",
        columns=columns("When", "Who", "At what", "Why they said", "Dealt with"),
        rows=tuple(
            Row((
                Cell(uk_moment(alert.at)),
                Cell(alert.actor),
                _looked_at(alert),
                Cell(alert.reason or "No reason given"),
                Cell(alert.seen) if alert.seen else Cell(
                    "Say what you made of it",
                    href=reverse("seals:dealt-with", args=[wall.pk, alert.number]),
                ),
            ))
            for alert in alerts
        ),
        empty="Nobody else has looked at any of it.",
    )  # fmt: skip


def _looked_at(alert: Alert) -> Cell:
    if not is_public_reference(alert.reference):
        return Cell("A search", note=f"What was typed reaches what is sealed: {alert.reference}")
    return Cell(alert.reference, note="Found nothing" if alert.was_refused else "Saw the rest")


def _reports(wall: Seal, reports: Sequence[Report]) -> DataTable | None:
    if not reports:
        return None
    return DataTable(
        caption="Intelligence reports, newest first",
        columns=columns("Report", "First known", "Grading", "Handling"),
        rows=tuple(
            Row((
                Cell(
                    report.reference or "No reference",
                    href=reverse("seals:report", args=[wall.pk, report.lineage]),
                ),
                Cell(uk_date(report.known_on)),
                Cell(f"{report.source_evaluation} {report.information_assessment}".strip() or "None"),
                Cell(report.handling_code or "None"),
            ))
            for report in reports
        ),
        empty="",
    )  # fmt: skip


def _developments(developments: Sequence[Any]) -> DataTable:
    return DataTable(
        caption="Allegations made out of it, newest first",
        columns=columns("Case", "By", "Why"),
        rows=tuple(
            Row((
                Cell(
                    public_reference("C", made.case_lineage),
                    href=_page_of("case", public_reference("C", made.case_lineage)),
                ),
                Cell(made.by.display_name, note=uk_moment(made.at)),
                Cell(made.reason),
            ))
            for made in developments
        ),
        empty="None.",
    )  # fmt: skip


def _reviews(wall: Seal) -> DataTable:
    return DataTable(
        caption="Reviews, newest first",
        columns=columns("When", "By", "Outcome", "Why"),
        rows=tuple(
            Row((
                Cell(uk_moment(review.at)),
                Cell(review.by.display_name),
                Cell(review.get_outcome_display()),
                Cell(review.reason),
            ))
            for review in wall.reviews.select_related("by")
        ),
        empty="It has not been reviewed yet.",
    )  # fmt: skip
