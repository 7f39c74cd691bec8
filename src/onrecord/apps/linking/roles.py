"""Roles in a case that nobody knows, and settling them: by a named person, with reasons.

Until then nobody is counted by them: only a subject ever is. Whoever turns out to be anything else,
and works for a police service, goes into the compartment: their record leads to no case any more,
and the case to no record.
"""

import uuid
from dataclasses import dataclass
from datetime import date

from onrecord.apps.access.policies import require
from onrecord.apps.access.selectors import holders_seen
from onrecord.apps.audit.selectors import current_position
from onrecord.apps.audit.services import Recording, sequence_pending
from onrecord.apps.facts.reading import facts_by, facts_where
from onrecord.apps.facts.services import (
    put_mistake_right,
    put_right_throughout,
    record_later_value,
)
from onrecord.apps.linking.rows import require_reason
from onrecord.apps.people.reaching import cases_in_reach
from onrecord.apps.people.services import refresh_projections
from onrecord.core.conduct.standing import written_name
from onrecord.core.kernel.clock import today
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError
from onrecord.core.kernel.ids import new_lineage, public_reference
from onrecord.core.kernel.kinds import KINDS
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.ledger.actors import Actor, actor_of
from onrecord.core.timekeeping.views import View

SETTLE = "role:settle"
UNKNOWN, SUBJECT = "unknown", "subject"


@dataclass(frozen=True, slots=True)
class UnknownRole:
    """Somebody named in a case, as what nobody knows.

    Attributes:
        person: the person's own reference; nothing where the source names nobody in the workforce.
        record: their record; nothing where there is none.
    """

    reference: str
    lineage: uuid.UUID
    case: str
    person: str
    record: uuid.UUID | None
    name: str
    organisation: str
    known_on: date

    @property
    def without_name(self) -> str:
        """Return what to call them where names are hidden: a pseudonym hides nobody's name."""
        return self.person or self.name


def unknown_roles(viewer: Viewer) -> list[UnknownRole]:
    """Return the roles that nobody knows, in cases that this viewer reaches, oldest known first.

    Raises:
        NotPermittedError: it is not theirs to settle.
    """
    require(viewer, SETTLE)
    view = View(current_position()).through(viewer.eyes)
    within = cases_in_reach(viewer, SETTLE)
    found = [
        fact for fact in facts_where(view, "party_role", f"role = '{UNKNOWN}'")
        if fact.case_lineage and (within is None or fact.case_lineage in within)
    ]  # fmt: skip
    found.sort(key=lambda fact: (fact.known_on, fact.fact_id))
    records = {fact.record_lineage for fact in found if fact.record_lineage}
    people = {fact.lineage: fact for fact in facts_by(view, "person_record", "lineage", records)}
    holders = holders_seen(viewer.eyes)
    roles = []
    for fact in found:
        case: uuid.UUID = fact.case_lineage  # type: ignore[assignment]
        person = people.get(fact.record_lineage) if fact.record_lineage else None
        roles.append(UnknownRole(
            public_reference("R", fact.lineage), fact.lineage, public_reference("C", case),
            public_reference("P", person.lineage) if person else "", person.lineage if person else None,
            written_name(person) if person else fact["pseudonym"] or "Not named",
            holders[fact.holder_id].organisation_name, fact.known_on,
        ))  # fmt: skip
    return roles


def role_named(viewer: Viewer, reference: str) -> UnknownRole:
    """Return one role that nobody knows, by its own reference.

    Raises:
        NotFoundError: there is none such, or none in a case that this viewer reaches.
    """
    for role in unknown_roles(viewer):
        if role.reference == reference.strip().upper():
            return role
    raise NotFoundError(
        "No such role is open, or none that you may see.", next_step="Choose one from the list."
    )


def settle_role(*, viewer: Viewer, unknown: UnknownRole, role: str, reason: str) -> None:
    """Record what somebody was in a case, as known from today.

    Raises:
        DataRejectedError: it is no role that anybody can have, or no reason was given.
        NotPermittedError: it is not theirs to settle.
    """
    require(viewer, SETTLE)
    reason = require_reason(reason)
    known = KINDS["party_role"].column("role").choices or frozenset()
    if role not in known - {UNKNOWN}:
        raise DataRejectedError(
            "Nobody can be that in a case.", next_step="Choose what they were from the list."
        )
    if unknown.record is not None and role != SUBJECT:
        rec = _move_into_compartment(actor_of(viewer), unknown, role, reason)
    else:
        rec = _settle(actor_of(viewer), unknown, role, reason)
    sequence_pending()
    refresh_projections([rec.event_id])


def _settle(actor: Actor, unknown: UnknownRole, role: str, reason: str) -> Recording:
    values = {"role": role}
    if unknown.known_on < today():
        return record_later_value(
            actor=actor, kind="party_role", lineage=unknown.lineage, values=values, known_on=today(),
            reason=reason,
        )  # fmt: skip
    return put_mistake_right(
        actor=actor, kind="party_role", lineage=unknown.lineage, values=values, reason=reason
    )


def _move_into_compartment(actor: Actor, unknown: UnknownRole, role: str, reason: str) -> Recording:
    """Settle a role and have no view of any day lead from the case to the record, or back.

    A view of an earlier day would otherwise tell, beside today's, who the victim is.
    """
    party = new_lineage()
    letters = party.hex[:6].upper()
    aside = {"record_lineage": None, "party": party}
    return put_right_throughout(
        actor=actor, kind="party_role", lineage=unknown.lineage, reason=reason,
        always=aside | {"pseudonym": f"U-{letters}"}, since=today(),
        then=aside | {"role": role, "pseudonym": f"{role[0].upper()}-{letters}"},
        beside=("party_identity", {
            "lineage": party, "name": unknown.name, "workforce_record": unknown.record,
        }),
    )  # fmt: skip
