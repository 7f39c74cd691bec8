"""Parts in a case that nobody knows, and settling them: by a named person, with reasons.

Until then nobody is counted by them: only a subject ever is.
"""

import uuid
from dataclasses import dataclass
from datetime import date

from onrecord.apps.access.policies import require
from onrecord.apps.access.selectors import holders_seen
from onrecord.apps.audit.selectors import current_position
from onrecord.apps.audit.services import sequence_pending
from onrecord.apps.facts.reading import facts_by, facts_where
from onrecord.apps.facts.services import put_mistake_right, record_later_value
from onrecord.apps.people.reaching import cases_in_reach
from onrecord.apps.people.services import refresh_projections
from onrecord.core.conduct.standing import written_name
from onrecord.core.kernel.clock import today
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError
from onrecord.core.kernel.ids import public_reference
from onrecord.core.kernel.kinds import KINDS
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.ledger.actors import actor_of
from onrecord.core.timekeeping.views import View

SETTLE = "role:settle"
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class UnknownPart:
    """Somebody's part in a case that nobody knows.

    Attributes:
        number: its place among those of its case, by which its page is found.
        person: the person's own reference; nothing where the source names nobody in the workforce.
    """

    lineage: uuid.UUID
    case: str
    number: int
    person: str
    name: str
    organisation: str
    known_on: date


def unknown_parts(viewer: Viewer) -> list[UnknownPart]:
    """Return the parts that nobody knows, in cases that this viewer reaches, oldest known first.

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
    numbers: dict[uuid.UUID, int] = {}
    parts = []
    for fact in found:
        case: uuid.UUID = fact.case_lineage  # type: ignore[assignment]
        numbers[case] = number = numbers.get(case, 0) + 1
        person = people.get(fact.record_lineage) if fact.record_lineage else None
        parts.append(UnknownPart(
            fact.lineage, public_reference("C", case), number,
            public_reference("P", person.lineage) if person else "",
            written_name(person) if person else fact["pseudonym"] or "Not named",
            holders[fact.holder_id].organisation_name, fact.known_on,
        ))  # fmt: skip
    return parts


def part_named(viewer: Viewer, case: str, number: int) -> UnknownPart:
    """Return one part that nobody knows.

    Raises:
        NotFoundError: there is none such, or none in a case that this viewer reaches.
    """
    for part in unknown_parts(viewer):
        if (part.case, part.number) == (case.upper(), number):
            return part
    raise NotFoundError(
        "No such part is open, or none that you may see.", next_step="Choose one from the list."
    )


def settle_part(*, viewer: Viewer, part: UnknownPart, role: str, reason: str) -> None:
    """Record what somebody was in a case, as known from today.

    Raises:
        DataRejectedError: it is no part that anybody can have, or no reason was given.
        NotPermittedError: it is not theirs to settle.
    """
    require(viewer, SETTLE)
    known = KINDS["party_role"].column("role").choices or frozenset()
    if role not in known - {UNKNOWN} or not reason.strip():
        raise DataRejectedError(
            "A part needs what it is and why.", next_step="Choose what they were, and say why."
        )
    actor, values = actor_of(viewer), {"role": role}
    if part.known_on < today():
        rec = record_later_value(
            actor=actor, kind="party_role", lineage=part.lineage, values=values, known_on=today(),
            reason=reason,
        )  # fmt: skip
    else:
        rec = put_mistake_right(
            actor=actor, kind="party_role", lineage=part.lineage, values=values, reason=reason
        )
    sequence_pending()
    refresh_projections([rec.event_id])
