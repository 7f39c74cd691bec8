"""What stands behind a seal, for those who were let behind it."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Q

from onrecord.apps.access.models import Wall, WallThing
from onrecord.apps.access.policies import may, require
from onrecord.apps.access.selectors import INTELLIGENCE, hidden_from, is_behind
from onrecord.apps.audit.services import record_consultation
from onrecord.apps.facts.seeing import THE_WHOLE_RECORD, seeing
from onrecord.apps.organisations.selectors import holders_by_id
from onrecord.apps.sealing.models import AlertSeen, Development, SealQuestion
from onrecord.apps.sealing.policies import (
    account_of,
    no_such_seal,
    seal_named,
    seals_behind_which,
)
from onrecord.core.kernel.clock import today
from onrecord.core.kernel.ids import public_reference
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.timekeeping.views import View

type Seal = Wall
"""A wall with no shadow."""

LETTERS = {"case": "C", "person": "P", "incident": "I"}


@dataclass(frozen=True, slots=True)
class Report:
    """One intelligence report, as somebody behind its wall reads it. It makes no allegation."""

    lineage: uuid.UUID
    known_on: date
    holder: str
    reference: str
    source_evaluation: str
    information_assessment: str
    handling_code: str
    handling_conditions: str
    originator: str
    body: str


@dataclass(frozen=True, slots=True)
class Alert:
    """Somebody who is not behind the seal looked, or tried to look, at what it covers.

    Attributes:
        number: of the look, in the ledger.
        seen: how somebody behind the seal dealt with it; empty while nobody has.
    """

    number: int
    at: datetime
    actor: str
    action: str
    reference: str
    reason: str
    was_refused: bool
    seen: str


def seals(viewer: Viewer) -> list[Wall]:
    """Return the seals that the viewer stands behind, those still up first, by next review."""
    require(viewer, "seal:read")
    return sorted(
        seals_behind_which(viewer),
        key=lambda wall: (wall.ended_at is not None, wall.review_on or date.max, wall.pk),
    )


def seal(viewer: Viewer, number: int) -> Wall:
    """Return one seal that the viewer stands behind, and record the look.

    Raises:
        NotFoundError: no such seal, or none that is there for this viewer.
    """
    wall = seal_named(viewer, number, verb="seal:read")
    record_consultation(viewer, "seal:read", object_kind="seal", object_ref=str(wall.pk))
    return wall


@dataclass(frozen=True, slots=True)
class SealPage:
    """One seal with all that its page shows to somebody behind it."""

    seal: Wall
    things: Sequence[tuple[WallThing, str]]
    alerts: Sequence[Alert]
    reports: Sequence[Report]
    developments: Sequence[Development]


def seal_page(viewer: Viewer, view: View, number: int) -> SealPage:
    """Return everything about one seal, and record the look.

    Raises:
        NotFoundError: no such seal, or none that is there for this viewer.
    """
    wall = seal(viewer, number)
    return SealPage(
        seal=wall,
        things=things_behind(wall),
        alerts=alerts(viewer, wall),
        reports=intelligence_under(viewer, view, wall),
        developments=list(wall.developments.select_related("by")),
    )


def things_behind(wall: Wall) -> list[tuple[WallThing, str]]:
    """Return what stands behind a seal now, each with its public reference."""
    things = wall.things.filter(removed_at=None).order_by("added_at", "pk")
    return [
        (thing, public_reference(LETTERS[thing.thing_kind], thing.lineage))
        for thing in things
        if thing.thing_kind in LETTERS
    ]


def seals_over(viewer: Viewer, lineages: Collection[uuid.UUID]) -> list[str]:
    """Return the titles of the seals behind which any of these stands, of the viewer's own seals."""
    if not may(viewer, "seal:read"):
        return []
    walls = seals_behind_which(viewer).filter(
        ended_at=None, things__lineage__in=list(lineages), things__removed_at=None
    )
    return sorted({wall.title for wall in walls})


def intelligence_about(
    viewer: Viewer,
    view: View,
    *,
    records: Collection[uuid.UUID] = (),
    lineages: Collection[uuid.UUID] = (),
) -> list[Report]:
    """Return the intelligence about these person records, or of these cases or reports, newest first.

    Nobody else than those let behind its wall gets any: the database itself asks.
    """
    if not may(viewer, "seal:read") or not (records or lineages):
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "select lineage, known_on, holder_id, reference, source_evaluation,"
            " information_assessment, handling_code, handling_conditions, originator, body"
            " from facts.intelligence_seen(%s, %s::uuid[], %s::uuid[], %s, %s)"
            " order by known_on desc, lineage",
            [viewer.eyes, list(records), list(lineages), view.position, view.on],
        )
        rows = cursor.fetchall()
    holders = holders_by_id()
    return [
        Report(row[0], row[1], holders[row[2]].code, *(text or "" for text in row[3:]))
        for row in rows
    ]


def intelligence_under(viewer: Viewer, view: View, wall: Wall) -> list[Report]:
    """Return every intelligence report that stands behind this wall, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select lineage from facts.intelligence_about(%s, %s)", [viewer.eyes, wall.pk]
        )
        lineages = {row[0] for row in cursor.fetchall()}
    return intelligence_about(viewer, view, lineages=lineages)


def report(viewer: Viewer, view: View, wall: Wall, lineage: uuid.UUID) -> Report:
    """Return one intelligence report behind a wall, and record the look.

    Raises:
        NotFoundError: no such report, or none that is there for this viewer.
    """
    found = {one.lineage: one for one in intelligence_under(viewer, view, wall)}
    if lineage not in found:
        raise no_such_seal()
    record_consultation(
        viewer, "seal:read", object_kind="report", object_ref=str(lineage),
        view=view.describe(), position=view.position,
    )  # fmt: skip
    return found[lineage]


def alerts(viewer: Viewer, wall: Wall, *, limit: int = 100) -> list[Alert]:
    """Return the looks of others at what a seal covers, newest first.

    They are worked out here, when somebody behind the seal asks, and not when the look
    happens: whoever looked met nothing, not even a moment's delay.
    """
    seal_named(viewer, wall.pk, verb="seal:read")
    references = _covered_references(wall)
    seen = dict(AlertSeen.objects.filter(wall=wall).values_list("consultation", "words"))
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.consultation_id, c.at, c.actor, c.action, c.object_ref, c.reason, c.was_refused"
            "  from ledger.consultation c where c.at >= %s and not public.is_behind(c.actor, %s)"
            "   and (c.object_ref = any(%s) and c.object_kind in ('case', 'person', 'incident')"
            "     or c.consultation_id in (select s.consultation_id from public.searches_touching(%s, %s) s))"
            " order by c.consultation_id desc limit %s",
            [wall.opened_at, wall.pk, sorted(references), viewer.eyes, wall.pk, limit],
        )
        rows = cursor.fetchall()
    return [Alert(*(*row, seen.get(row[0], ""))) for row in rows]


def looks_kept_back(but_for: str = "") -> dict[str, frozenset[str]]:
    """Return, for each account behind a seal, the references at which its looks are not told.

    Whoever is not behind the seal would learn from them that counter-corruption is
    interested. `but_for` is behind some seals themselves: of those, nothing is kept back.
    """
    kept: dict[str, set[str]] = {}
    for wall in Wall.objects.filter(kind="seal", ended_at=None).select_related("owner"):
        members = set(
            wall.members.filter(removed_at=None).values_list("user__username", flat=True)
        ) | ({wall.owner.username} if wall.owner else set())
        if not members or but_for in members:
            continue
        covered = _covered_references(wall)
        for member in members:
            kept.setdefault(member, set()).update(covered)
    return {member: frozenset(covered) for member, covered in kept.items()}


def _covered_references(wall: Wall) -> set[str]:
    """Return every reference under which somebody could ask for what a seal covers."""
    things = list(wall.things.filter(removed_at=None).values_list("thing_kind", "lineage"))
    found = {public_reference(LETTERS[kind], at) for kind, at in things if kind in LETTERS}
    people = {at for kind, at in things if kind == "person"}
    cases = {at for kind, at in things if kind == "case"}
    if wall.pk == INTELLIGENCE:
        with connection.cursor() as cursor:
            cursor.execute("select record_lineage, case_lineage from facts.intelligence_subjects()")
            for record, case in cursor.fetchall():
                people |= {record} if record else set()
                found |= {public_reference("C", case)} if case else set()
    return found | _people_of(people, cases)


@seeing(THE_WHOLE_RECORD)
def _people_of(records: Collection[uuid.UUID], cases: Collection[uuid.UUID]) -> set[str]:
    """Return every reference to the people with these records, or who are subjects of these cases."""
    with connection.cursor() as cursor:
        cursor.execute(
            """select distinct f.own_reference from projection.person p
                 join projection.person f using (person_lineage) where p.record_lineage in (
                 select unnest(%(records)s::uuid[])
                 union select record_lineage from facts.allegation where case_lineage = any(%(cases)s)
                 union select record_lineage from facts.party_role
                        where case_lineage = any(%(cases)s) and role = 'subject')""",
            {"records": list(records), "cases": list(cases)},
        )
        return {row[0] for row in cursor.fetchall()}


def questions_for(viewer: Viewer) -> list[SealQuestion]:
    """Return the questions that are this viewer's to answer, unanswered ones first.

    Those about what a seal covers go to the seal's owner and to nobody else; all others
    to the head of counter-corruption of the asker's organisation.
    """
    require(viewer, "seal:answer")
    own, of_others = _lineages_by_owner(viewer)
    mine = Q(lineage__in=own)
    if "head_of_counter_corruption" in viewer.roles:
        mine |= ~Q(lineage__in=of_others) & Q(organisation_code=viewer.organisation_code)
    found = SealQuestion.objects.filter(mine).exclude(lineage__in=hidden_from(viewer.eyes))
    return sorted(
        found.prefetch_related("answers__by").select_related("asked_by"),
        key=lambda question: (bool(question.answers.all()), -question.pk),
    )


def _lineages_by_owner(viewer: Viewer) -> tuple[list[uuid.UUID], list[uuid.UUID]]:
    things = WallThing.objects.filter(removed_at=None, wall__ended_at=None, wall__kind="seal")
    own = things.filter(wall__owner__username=viewer.eyes)
    others = things.exclude(wall__owner__username=viewer.eyes)
    return (
        list(own.values_list("lineage", flat=True)),
        list(others.values_list("lineage", flat=True)),
    )


def questions_of(viewer: Viewer) -> list[SealQuestion]:
    """Return what this viewer asked, newest first."""
    require(viewer, "seal:ask")
    found = SealQuestion.objects.filter(asked_by=account_of(viewer))
    return list(found.select_related("asked_by").prefetch_related("answers__by"))


def due_for_review(viewer: Viewer) -> list[Wall]:
    """Return the viewer's own seals whose review is due or overdue."""
    if not may(viewer, "seal:read"):
        return []
    return list(
        seals_behind_which(viewer)
        .filter(owner__username=viewer.eyes, ended_at=None, review_on__lte=today())
        .order_by("review_on")
    )


def sees_intelligence(viewer: Viewer) -> bool:
    """Tell whether the viewer was let behind the wall of intelligence reports."""
    return may(viewer, "seal:read") and is_behind(viewer.eyes, INTELLIGENCE)
