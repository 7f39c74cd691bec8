"""Victims by pseudonym; and, as a look of its own, who somebody is."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Q

from onrecord.apps.access.policies import FreshSignInNeededError, reach, require
from onrecord.apps.access.selectors import circle_of, hidden_from
from onrecord.apps.audit.selectors import current_position
from onrecord.apps.audit.services import record_consultation
from onrecord.apps.facts.reading import facts_by
from onrecord.apps.victims.compartment import Identity, Words, read_identity, read_words
from onrecord.apps.victims.models import Entry, Match
from onrecord.core.cohorts.references import lineages_of
from onrecord.core.conduct.distinct import Answer, Range, distinct_range
from onrecord.core.conduct.victims import COMPLAINANTS, ROLES, in_order
from onrecord.core.kernel.clock import today
from onrecord.core.kernel.errors import NotFoundError
from onrecord.core.kernel.ids import public_reference
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.permissions.table import Reach
from onrecord.core.timekeeping.views import View


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in a case who is not its subject, as they are known outside the compartment."""

    case_lineage: uuid.UUID
    lineage: uuid.UUID
    role: str
    pseudonym: str

    @property
    def case_reference(self) -> str:
        """Return the public reference of the case."""
        return public_reference("C", self.case_lineage)


@dataclass(frozen=True, slots=True)
class Followed:
    """A party, and every entry about them in that case, the latest first."""

    party: Party
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class CaseVictims:
    """Everybody in a case who is not its subject, and how many different people complained."""

    reference: str
    people: Sequence[Followed]
    complainants: Range


@dataclass(frozen=True, slots=True)
class Opened:
    """A party with who they are and everything written freely about them."""

    party: Party
    identity: Identity | None
    words: Sequence[Words]


def my_victims(viewer: Viewer) -> list[Followed]:
    """Return the parties of every case that the viewer works on, by case; records the look.

    Raises:
        NotPermittedError: it is not the viewer's to do.
    """
    require(viewer, "victim:list")
    with transaction.atomic():
        cases = circle_of(viewer, "case") - hidden_from(viewer.eyes)
        parties = _parties(viewer, cases)
        record_consultation(viewer, "victim:list", object_kind="cases", object_ref=str(len(cases)))
        return _with_entries(parties)


def victim(viewer: Viewer, reference: str, party: uuid.UUID) -> Followed:
    """Return one party of one case and what was done for them; records the look.

    Raises:
        NotFoundError: no such party, or none that this viewer may see.
    """
    found = party_within(viewer, "victim:list", reference, party)
    with transaction.atomic():
        record_consultation(viewer, "victim:list", object_kind="party", object_ref=str(party))
        (followed,) = _with_entries([found])
        return followed


def victims_of_case(viewer: Viewer, reference: str) -> CaseVictims:
    """Return the parties of one case, and how many people complained; records the look.

    Raises:
        NotFoundError: no such case, or none whose victims this viewer may see.
        NotPermittedError: it is not the viewer's to do.
    """
    require(viewer, "victim:list")
    case = _case(reference)
    is_shown = case is not None and case not in hidden_from(viewer.eyes)
    if case is None or not is_shown or not _is_within(viewer, "victim:list", case):
        raise _refused(viewer, "victim:list", "case", reference)
    with transaction.atomic():
        record_consultation(viewer, "victim:list", object_kind="case", object_ref=reference)
        people = _with_entries(_parties(viewer, [case]))
        return CaseVictims(public_reference("C", case), people, complainants_of(viewer, [case]))


def identity_of(viewer: Viewer, reference: str, party: uuid.UUID) -> Opened:
    """Return who a party of a case is, and what is written freely about them.

    The look is on the ledger, and committed, before the compartment is asked: what
    fails afterwards does not unsay it.

    Raises:
        NotFoundError: no such party, or none that this viewer may see.
        NotPermittedError: it is not the viewer's to do, or their sign-in is too old.
    """
    found = party_within(viewer, "victim:read", reference, party)
    if not viewer.is_fresh and found.case_lineage not in circle_of(viewer, "case"):
        raise FreshSignInNeededError(
            "This needs your password or key once more.",
            next_step="Sign in again; you will be brought back.",
        )
    with transaction.atomic(durable=True):
        record_consultation(viewer, "victim:read", object_kind="party", object_ref=str(party))
    identity = read_identity(_now(), party)
    return Opened(found, identity, read_words(found.case_lineage, party))


def party_within(viewer: Viewer, verb: str, reference: str, party: uuid.UUID) -> Party:
    """Return one party of one case where `verb` reaches it for this viewer; a refusal is recorded.

    Raises:
        NotFoundError: no such party, or none that this viewer may see.
        NotPermittedError: `verb` is not the viewer's at all.
    """
    require(viewer, verb)
    case = _case(reference)
    if case is not None and _is_within(viewer, verb, case):
        for found in _parties(viewer, [case]):
            if found.lineage == party:
                return found
    raise _refused(viewer, verb, "party", str(party))


def complainants_of(viewer: Viewer, cases: Collection[uuid.UUID]) -> Range:
    """Return how many different people complained, or were harmed, in these cases.

    The answers of those who compared them are all that leaves the compartment. Cases
    hidden from the viewer are not counted.
    """
    parties = {
        party.lineage for party in _parties(viewer, cases) if party.role in COMPLAINANTS
    }  # fmt: skip
    return distinct_range(parties, answers_of(parties))


def comparable(viewer: Viewer) -> list[Party]:
    """Return every party that the viewer may compare with another: those of their own cases."""
    require(viewer, "victim:match")
    return _parties(viewer, circle_of(viewer, "case"))


def matches_of(party: uuid.UUID) -> list[Match]:
    """Return every comparison of a party with another, the latest first."""
    return list(
        Match.objects.filter(Q(one_party=party) | Q(other_party=party)).order_by("-recorded_at")
    )


def _refused(viewer: Viewer, verb: str, kind: str, ref: str) -> NotFoundError:
    """Write down that something was asked for in vain, and return what is said."""
    record_consultation(viewer, verb, object_kind=kind, object_ref=ref, was_refused=True)
    return NotFoundError(
        "There is nothing on record by that reference, or nothing you may see.",
        next_step="Check it, or go back to your list.",
    )


def answers_of(parties: Collection[uuid.UUID]) -> dict[frozenset[uuid.UUID], Answer]:
    """Return the latest answer for each two of `parties` that somebody compared."""
    found = Match.objects.filter(one_party__in=parties, other_party__in=parties)
    return {
        frozenset({one, other}): Answer(answer)
        for one, other, answer in found.order_by("recorded_at").values_list(
            "one_party", "other_party", "answer"
        )
    }


def _now() -> View:
    return View(position=current_position(), on=today())


def _case(reference: str) -> uuid.UUID | None:
    bounds = lineages_of(reference)
    if bounds is None or bounds.prefix != "C":
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "select case_lineage from projection.case_search"
            " where case_lineage between %s and %s and kind = 'case' and wall = 0 limit 1",
            [bounds.first, bounds.last],
        )
        row = cursor.fetchone()
    return row[0] if row else None


def _is_within(viewer: Viewer, verb: str, case: uuid.UUID) -> bool:
    return reach(viewer, verb) is Reach.ALL or case in circle_of(viewer, "case")


def _parties(viewer: Viewer, cases: Iterable[uuid.UUID]) -> list[Party]:
    """Return the parties of those cases that are not hidden from the viewer; never a subject."""
    hidden = hidden_from(viewer.eyes)
    shown = [case for case in cases if case not in hidden]
    found: dict[tuple[uuid.UUID, uuid.UUID], Party] = {}
    for fact in facts_by(_now(), "party_role", "case_lineage", shown):
        case, party = fact.case_lineage, fact["party"]
        if case is None or party is None or fact["role"] not in ROLES:
            continue
        if not hidden & {fact.lineage, party}:
            found[case, party] = Party(case, party, fact["role"], fact["pseudonym"] or "")
    return sorted(found.values(), key=lambda p: (p.case_reference, p.pseudonym, p.lineage))


def _with_entries(parties: Sequence[Party]) -> list[Followed]:
    entries = Entry.objects.filter(
        case_lineage__in={party.case_lineage for party in parties},
        party_lineage__in={party.lineage for party in parties},
    )
    by_party: dict[tuple[uuid.UUID, uuid.UUID], list[Entry]] = {}
    for entry in in_order(entries):
        by_party.setdefault((entry.case_lineage, entry.party_lineage), []).append(entry)
    return [
        Followed(party, by_party.get((party.case_lineage, party.lineage), [])) for party in parties
    ]
