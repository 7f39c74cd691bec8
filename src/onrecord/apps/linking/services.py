"""Record judgements by hand. A judgement is a row; a new one supersedes, nothing is overwritten."""

import uuid
from datetime import date
from typing import Literal

from onrecord.apps.access.barring import ties_changed
from onrecord.apps.audit.selectors import current_position
from onrecord.apps.audit.services import recording
from onrecord.apps.facts.reading import facts_by
from onrecord.apps.facts.writing import append_fact
from onrecord.apps.linking.policies import require_may_judge
from onrecord.apps.organisations.services import ensure_holder
from onrecord.apps.people.services import refresh_projections
from onrecord.core.conduct.judging import BY_HAND
from onrecord.core.kernel.clock import today
from onrecord.core.kernel.errors import DataRejectedError
from onrecord.core.kernel.ids import lineage_of
from onrecord.core.ledger.actors import Actor
from onrecord.core.timekeeping.views import View

type Verdict = Literal["same", "not_same", "undecided"]

DESK = "ONRECORD:DESK"
"""The holder of what is judged here, by a person or by a model."""
DESK_NAME = "Judged here"


def judge_identity(
    *,
    actor: Actor,
    record_a: uuid.UUID,
    record_b: uuid.UUID,
    judgement: Verdict,
    reason: str,
    on: date | None = None,
) -> uuid.UUID:
    """Record whether two person records are one person, and refresh who is who.

    The latest judgement on a pair stands; `undecided` takes an earlier one back.

    Raises:
        NotPermittedError: the actor may not judge.
        DataRejectedError: the two are one record, or one does not exist.
        UsageError: no reason was given.
    """
    require_may_judge(actor)
    low, high = sorted((record_a, record_b))
    view = View(current_position()).through(actor.eyes)
    if low == high or len(facts_by(view, "person_record", "lineage", [low, high])) < 2:  # noqa: PLR2004
        raise DataRejectedError(
            "A judgement needs two different person records that are on record.",
            next_step="Check both references.",
        )
    lineage = lineage_of(DESK, "identity_judgement", str(low), str(high))
    earlier = facts_by(view, "identity_judgement", "lineage", [lineage])
    known_on = max([on or today(), *(fact.known_on for fact in earlier)])
    with recording(
        actor,
        "identity:judge",
        object_kind="person_record",
        object_ref=str(low),
        reason=reason,
        stream=low,
        batch=uuid.uuid4(),  # a batch of one: it can be undone
    ) as rec:
        rec.describe(record_a=str(low), record_b=str(high), judgement=judgement)
        append_fact(rec, "identity_judgement", {
            "lineage": lineage, "holder_id": ensure_holder(DESK, name=DESK_NAME).pk,
            "change": "later" if earlier else "first", "known_on": known_on, "known_basis": "stated",
            "record_a": low, "record_b": high, "judgement": judgement, "method": BY_HAND,
            "judged_by": actor.name, "reason": reason,
        })  # fmt: skip
    refresh_projections([rec.event_id])
    ties_changed("who is one person was judged")
    return lineage
