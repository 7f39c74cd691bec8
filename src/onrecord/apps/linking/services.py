"""Record judgements by hand. A judgement is a row; a new one supersedes, nothing is overwritten."""

import uuid

from onrecord.apps.access.barring import ties_changed
from onrecord.apps.audit.selectors import current_position
from onrecord.apps.audit.services import recording
from onrecord.apps.facts.reading import facts_by
from onrecord.apps.facts.writing import append_fact
from onrecord.apps.linking.policies import require_may_judge
from onrecord.apps.linking.rows import Said, Verdict, ordered, rows_of
from onrecord.apps.people.services import refresh_projections
from onrecord.core.conduct.judging import BY_HAND
from onrecord.core.kernel.errors import DataRejectedError
from onrecord.core.ledger.actors import Actor
from onrecord.core.timekeeping.views import View


def judge_identity(
    *,
    actor: Actor,
    record_a: uuid.UUID,
    record_b: uuid.UUID,
    judgement: Verdict,
    reason: str,
) -> uuid.UUID:
    """Record whether two person records are one person, refresh who is who, and return its lineage.

    The latest judgement on a pair stands; `undecided` takes an earlier one back.

    Raises:
        NotPermittedError: the actor may not judge.
        DataRejectedError: the two are one record, or one does not exist.
        UsageError: no reason was given.
    """
    require_may_judge(actor)
    pair = ordered(record_a, record_b)
    view = View(current_position()).through(actor.eyes)
    if record_a == record_b or len(facts_by(view, "person_record", "lineage", pair)) < 2:  # noqa: PLR2004
        raise DataRejectedError(
            "A judgement needs two different person records that are on record.",
            next_step="Check both references.",
        )
    with recording(
        actor, "identity:judge", object_kind="person_record", object_ref=str(pair[0]),
        reason=reason, stream=pair[0], batch=uuid.uuid4(),  # a batch of one: it can be undone
    ) as rec:  # fmt: skip
        rec.describe(record_a=str(pair[0]), record_b=str(pair[1]), judgement=judgement)
        (row,) = rows_of(view, "identity_judgement", [
            Said(pair, judgement, BY_HAND, actor.name, reason.strip())
        ])  # fmt: skip
        lineage = append_fact(rec, "identity_judgement", row)
    refresh_projections([rec.event_id])
    ties_changed("who is one person was judged")
    return lineage
