"""What the pages of conflicts say."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.urls import reverse

from onrecord.apps.access.policies import may
from onrecord.apps.conflicts.overriding import OverrideAsk
from onrecord.apps.conflicts.selectors import COVERT_CHOICES
from onrecord.apps.conflicts.standing import CaseConflicts, Standing, State
from onrecord.core.conflicts.spans import Span
from onrecord.core.conflicts.ties import Tie
from onrecord.core.conflicts.wording import dates
from onrecord.core.kernel.ids import public_reference
from onrecord.core.kernel.viewers import Viewer
from onrecord.web.components.data_table.component import Cell, DataTable, Row, columns, short
from onrecord.web.components.tag.component import Tag
from onrecord.web.conflicts.forms import OUTCOMES, TIES
from onrecord.web.wording.codes import readable
from onrecord.web.wording.dates import uk_date, uk_moment

STATES = {
    State.BARRED: Tag("Barred", "red"),
    State.STEPPED_AWAY: Tag("Stepped away", "red"),
    State.MAY_NOT_WORK: Tag("May not work on it", "red"),
    State.TO_DECIDE: Tag("To be decided", "yellow"),
    State.OVERRIDDEN: Tag("Overridden for a time", "yellow"),
    State.MAY_WORK: Tag("Decided: may work on it", "green"),
    State.NOTHING_FOUND: Tag("Nothing found", "grey"),
}
_DECIDED = dict(OUTCOMES)
_CHOSEN = dict(COVERT_CHOICES)


class Said(Protocol):
    """What a page needs of a declaration."""

    pk: int
    record_lineage: UUID
    tie: str
    words: str
    at: datetime
    from_on: Any
    until_on: Any


class Stepped(Protocol):
    """What a page needs of a recusal."""

    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Link:
    """Something that can be done, and where."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class MineShown:
    """What somebody declared, and where they may go from here."""

    declared: DataTable
    away: DataTable
    links: tuple[Link, ...]
    may_read_cases: bool


@dataclass(frozen=True, slots=True)
class PersonShown:
    """How one person stands to the case."""

    name: str
    part: str
    tag: Tag
    ties: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    acts: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class CaseShown:
    """Everything that the page of one case's conflicts writes."""

    reference: str
    case_href: str
    working: tuple[PersonShown, ...]
    asked: PersonShown | None
    free: str
    is_short: bool
    outside: DataTable
    covert: str
    may_end_covert: bool
    acts: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class AskShown:
    """One override that waits."""

    heading: str
    about: tuple[tuple[str, str], ...]
    reason: str
    tag: Tag
    may_answer: bool
    may_use: bool
    told: str


def mine_shown(declared: Iterable[Said], away: Iterable[Stepped], viewer: Viewer) -> MineShown:
    """Return what somebody declared of themselves."""
    links = [
        Link("Step away from a case", reverse("conflicts:step-away")),
        Link("What was released to you", reverse("disclosing:packs")),
    ]
    if may(viewer, "conflict:override"):
        links.append(Link("Overrides that wait", reverse("conflicts:asks")))
    return MineShown(
        declared=DataTable(
            "What you declared", columns("Person", "Tie", "What you said", "Now"),
            tuple(_declared(each) for each in declared),
            empty="You have declared nothing so far.",
        ),
        away=DataTable(
            "Cases you stepped away from", columns("When", "Why"),
            tuple(Row((short(uk_moment(each.at)), Cell(each.reason))) for each in away),
            empty="You have stepped away from no case.",
        ),
        links=tuple(links),
        may_read_cases=may(viewer, "conflict:read"),
    )  # fmt: skip


def _declared(each: Said) -> Row:
    back = getattr(each, "withdrawn", None)
    tie = Tie(each.tie)
    last = (
        Cell("Taken back", note=f"{uk_date(back.at.date())}: {back.reason}")
        if back
        else Cell("Take back", href=reverse("conflicts:take-back", args=[each.pk]))
    )
    return Row((
        short(public_reference("P", each.record_lineage)),
        Cell(TIES[tie], note=dates(Span(each.from_on, each.until_on))),
        Cell(each.words, note=f"Declared {uk_date(each.at.date())}"),
        last,
    ))  # fmt: skip


def case_shown(page: CaseConflicts, viewer: Viewer) -> CaseShown:
    """Return who works on a case and how each is tied to it."""
    return CaseShown(
        reference=page.reference,
        case_href=reverse("cases:case", args=[page.reference]),
        working=tuple(_person(each, page.reference, viewer) for each in page.working),
        asked=_person(page.asked, page.reference, viewer) if page.asked else None,
        free=f"Free to decide here: {page.free} of the {page.deciders} who decide on conflicts.",
        is_short=page.free < 3,  # noqa: PLR2004 - an override takes three
        outside=_outside(page),
        covert=f"Known to its circle only since {uk_moment(page.covert.at)}; to be looked at again"
        f" on {uk_date(page.covert.review_on)}. {page.covert.reason}" if page.covert else "",
        may_end_covert=page.covert is not None and may(viewer, "conflict:covert"),
        acts=_acts(page, viewer),
    )  # fmt: skip


def _acts(page: CaseConflicts, viewer: Viewer) -> tuple[Link, ...]:
    offered = [
        ("Put somebody on this case", "conflicts:let-work", "circle:change"),
        ("Disclosure", "disclosing:case", "disclosure:read"),
        ("Send it outside for decision", "conflicts:outside", "conflict:send_outside"),
    ]
    if page.covert is None:
        offered.append(("Make it known to its circle only", "conflicts:covert", "conflict:covert"))
    return tuple(
        Link(label, reverse(route, args=[page.reference]))
        for label, route, verb in offered
        if may(viewer, verb)
    )


def _outside(page: CaseConflicts) -> DataTable:
    rows = tuple(
        Row((
            Cell(each.organisation, note=each.decider), Cell(each.reason),
            Cell(each.by.display_name, note=uk_moment(each.at)),
        ))
        for each in page.outside
    )  # fmt: skip
    return DataTable(
        "Sent outside for decision", columns("To whom", "Why", "By"), rows,
        empty="It has not been sent to anybody outside.",
    )  # fmt: skip


def _person(standing: Standing, reference: str, viewer: Viewer) -> PersonShown:
    return PersonShown(
        name=f"{standing.user.display_name} ({standing.user.username})",
        part=readable(standing.part) if standing.part else "Does not work on this case",
        tag=STATES[standing.state],
        ties=tuple((readable(each.grade.words), each.sentence) for each in standing.conflicts),
        notes=tuple(_notes(standing)),
        acts=_acts_on(standing, reference, viewer),
    )


def _notes(standing: Standing) -> Iterable[str]:
    if not standing.is_on_record:
        yield (
            "Their own record in the workforce data is not known: only what was declared could be"
            " looked at. That nothing was found does not mean that there is nothing."
        )
    decision = standing.decision
    if decision:
        yield (
            f"{_DECIDED[decision.outcome]}. Decided by {decision.decided_by.display_name},"
            f" {uk_moment(decision.at)}: {decision.reason}"
        )
        if decision.mitigations:
            yield f"Safeguards: {decision.mitigations}"
    chosen = standing.covertly
    if chosen:
        until = f" until {uk_moment(chosen.until_at)}" if chosen.until_at else ""
        yield f"{_CHOSEN[chosen.choice]}{until}. Chosen by {chosen.by.display_name}: {chosen.reason}"
    if standing.override:
        yield f"Overridden until {uk_moment(standing.override.until_at)}: {standing.override.reason}"


def _acts_on(standing: Standing, reference: str, viewer: Viewer) -> tuple[Link, ...]:
    undecided = {State.TO_DECIDE, State.MAY_NOT_WORK}
    offered = [
        ("Decide", "conflicts:decide", "conflict:decide", {State.TO_DECIDE}),
        (
            "Decide anew",
            "conflicts:decide",
            "conflict:decide",
            {State.MAY_NOT_WORK, State.MAY_WORK},
        ),
        ("How they are kept from it", "conflicts:choose", "conflict:covert", {State.BARRED}),
        ("Ask for an override", "conflicts:override", "conflict:override", undecided),
    ]
    return tuple(
        Link(label, reverse(route, args=[reference, standing.user.pk]))
        for label, route, verb, states in offered
        if standing.state in states and may(viewer, verb)
    )


def asks_shown(asks: Sequence[OverrideAsk]) -> DataTable:
    """Return the overrides that wait."""
    rows = tuple(
        Row((
            Cell(ask.reference, href=reverse("conflicts:ask", args=[ask.number])),
            Cell(ask.account, note=f"until {uk_date(ask.until)}"),
            Cell(ask.asked_by.display_name, note=uk_moment(ask.asked_at)),
            Cell(_waits(ask).text),
        ))
        for ask in asks
    )  # fmt: skip
    return DataTable(
        "Overrides that wait", columns("Case", "Who is to work on it", "Asked by", "Now"), rows,
        empty="No override waits for anybody.",
    )  # fmt: skip


def _waits(ask: OverrideAsk) -> Tag:
    if ask.no:
        return Tag("Refused", "red")
    if ask.is_agreed:
        return Tag("Agreed, not used yet", "green")
    return Tag(f"{ask.yes} of {ask.needed} have agreed", "yellow")


def ask_shown(ask: OverrideAsk) -> AskShown:
    """Return one override that waits, and what the viewer may do with it."""
    told = ""
    if ask.is_mine and not ask.is_agreed:
        told = "You asked for this: others must agree."
    elif ask.is_answered:
        told = "You have answered."
    return AskShown(
        heading=f"Override on {ask.reference}",
        about=(
            ("Who is to work on it", ask.account), ("Until the end of", uk_date(ask.until)),
            ("Asked by", f"{ask.asked_by.display_name}, {uk_moment(ask.asked_at)}"),
            ("Runs out", uk_moment(ask.expires_at)),
        ),
        reason=ask.reason,
        tag=_waits(ask),
        may_answer=not (ask.is_mine or ask.is_answered or ask.no),
        may_use=ask.is_mine and ask.is_agreed,
        told=told,
    )  # fmt: skip
