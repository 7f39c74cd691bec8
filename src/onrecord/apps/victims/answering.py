"""The compartment's one word of two cases: whether whoever complained or was harmed is the same.

Who they are is read and compared here. What goes out is *same*, *different* or *cannot tell*: no
name, no party, and not how many there are.
"""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import replace

from django.db import connection, transaction

from onrecord.apps.access.selectors import hidden_from
from onrecord.apps.audit.selectors import current_position
from onrecord.apps.audit.services import record_consultation
from onrecord.apps.facts.reading import facts_by
from onrecord.apps.facts.seeing import NOBODY
from onrecord.apps.victims.compartment import read_told
from onrecord.apps.victims.selectors import answers_of
from onrecord.core.conduct.complainants import Told, answered
from onrecord.core.conduct.distinct import Answer
from onrecord.core.conduct.victims import COMPLAINANTS
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.ledger.actors import Actor
from onrecord.core.timekeeping.views import View

type Pair = tuple[uuid.UUID, uuid.UUID]

ANSWER = "victim:answer"


def parties_between(pairs: Collection[Pair], *, actor: Actor, reason: str) -> dict[Pair, Answer]:
    """Return, for pairs of cases, whether somebody who complained or was harmed is the same in both.

    What a contact officer answered of two parties is believed before what is told of them. What
    stands behind any wall is compared with nothing. That it was asked is on the ledger, and
    committed, before the compartment is.
    """
    if not pairs:
        return {}
    with transaction.atomic(durable=True):
        record_consultation(
            _asking(actor, reason), ANSWER, object_kind="cases", object_ref=f"{len(pairs)} pairs"
        )
    view = View(current_position()).through(NOBODY)
    parties = _complainants(view, {case for pair in pairs for case in pair})
    everybody = {party for many in parties.values() for party in many}
    told, judged = _told(view, everybody), answers_of(everybody)
    nobody: frozenset[uuid.UUID] = frozenset()
    return {
        (one, other): answered(parties.get(one, nobody), parties.get(other, nobody), told, judged)
        for one, other in pairs
    }


def _asking(actor: Actor, reason: str) -> Viewer:
    return Viewer(
        actor.name, actor.kind, actor.organisation_code, actor.role, reason, "finding cases of one incident"
    )  # fmt: skip


def _complainants(
    view: View, cases: Collection[uuid.UUID]
) -> Mapping[uuid.UUID, frozenset[uuid.UUID]]:
    hidden = hidden_from(NOBODY)
    found: dict[uuid.UUID, frozenset[uuid.UUID]] = {}
    for fact in facts_by(view, "party_role", "case_lineage", cases):
        case, party = fact.case_lineage, fact["party"]
        if case and party and fact["role"] in COMPLAINANTS and party not in hidden:
            found[case] = found.get(case, frozenset()) | {party}
    return found


def _told(view: View, parties: Collection[uuid.UUID]) -> dict[uuid.UUID, Told]:
    """Return what is told of parties, whoever is of the workforce by the person that they are."""
    told = read_told(view, parties)
    own = {each.person for each in told.values() if each.person} - hidden_from(NOBODY)
    with connection.cursor() as cursor:
        cursor.execute(
            "select record_lineage, person_lineage from projection.person where record_lineage = any(%s)",
            [list(own)],
        )
        people = dict(cursor.fetchall())
    return {
        party: replace(each, person=people.get(each.person) if each.person else None)
        for party, each in told.items()
    }
