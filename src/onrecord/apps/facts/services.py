"""Change what is on record by hand: a later value, a mistake put right, a thing gone.

Nothing is overwritten. Each is a new version of the same thing, and what a past
view shows follows from which of the three it was.
"""

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from onrecord.apps.audit.selectors import current_position
from onrecord.apps.audit.services import Recording, recording, sequence_pending
from onrecord.apps.facts.reading import days_known, facts_by
from onrecord.apps.facts.writing import append_fact
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError
from onrecord.core.kernel.facts import Fact
from onrecord.core.ledger.actors import Actor
from onrecord.core.ledger.canonical import Value
from onrecord.core.timekeeping.views import View


def record_later_value(
    *,
    actor: Actor,
    kind: str,
    lineage: uuid.UUID,
    values: Mapping[str, Value],
    known_on: date,
    reason: str,
) -> Recording:
    """Record that a thing came to have other values, first known on `known_on`.

    Views of earlier days go on showing the value known then.

    Raises:
        DataRejectedError: `known_on` is not later than the value it follows.
        NotFoundError: there is no such thing on record.
    """
    with _writing(actor, "fact:follow", kind, lineage, reason) as (rec, now):
        if known_on <= now.known_on:
            raise DataRejectedError(
                "A later value must have become known after the value it follows.",
                next_step="If the earlier value was wrong all along, put the mistake right instead.",
            )
        append_fact(rec, kind, _version(now, values) | {"change": "later", "known_on": known_on})
    return rec


def put_mistake_right(
    *, actor: Actor, kind: str, lineage: uuid.UUID, values: Mapping[str, Value], reason: str
) -> Recording:
    """Record that the present value was wrong all along, and what it should have been.

    Every view of a day on which the wrong value was known now shows the right one,
    except views of what this system had recorded before.

    Raises:
        NotFoundError: there is no such thing on record.
    """
    with _writing(actor, "fact:correct", kind, lineage, reason) as (rec, now):
        append_fact(rec, kind, _version(now, values) | {"change": "mistake"} | _known_as(now))
    return rec


def record_entered_in_error(
    *, actor: Actor, kind: str, lineage: uuid.UUID, reason: str
) -> Recording:
    """Record that a thing should never have been on record: no day shows it any more.

    Each day on which something of it became known is taken back under that same day;
    taking back only the present value would leave the others standing before it.

    Raises:
        NotFoundError: there is no such thing on record.
    """
    with _writing(actor, "fact:retract", kind, lineage, reason) as (rec, _):
        present = _present(actor)
        for known_on in days_known(present, kind, [lineage])[lineage]:
            (then,) = facts_by(replace(present, on=known_on), kind, "lineage", [lineage])
            append_fact(
                rec,
                kind,
                _version(then, {}) | {"change": "mistake", "gone": True} | _known_as(then),
            )
    return rec


def put_right_throughout(
    *, actor: Actor, kind: str, lineage: uuid.UUID, always: Mapping[str, Value],
    then: Mapping[str, Value], since: date, beside: tuple[str, Mapping[str, Value]], reason: str,
) -> Recording:  # fmt: skip
    """Record what a thing should have said on every day it was known, and what it says `since` a day.

    `always` holds on each of those days, `then` from `since` on. The fact `beside` it, of a kind and
    with its values, is written by the same act, known as long as the thing itself.

    Raises:
        NotFoundError: there is no such thing on record.
    """
    with _writing(actor, "fact:correct", kind, lineage, reason) as (rec, now):
        present = _present(actor)
        days = [day for day in days_known(present, kind, [lineage])[lineage] if day < since]
        for known_on in days:
            (was,) = facts_by(replace(present, on=known_on), kind, "lineage", [lineage])
            append_fact(rec, kind, _version(was, always) | {"change": "mistake"} | _known_as(was))
        change: dict[str, Value] = {"change": "later" if days else "mistake", "known_on": since}
        append_fact(rec, kind, _version(now, then) | change)
        header: dict[str, Value] = {
            "holder_id": now.holder_id, "case_lineage": now.case_lineage,
            "known_on": min([since, *days]),
        }  # fmt: skip
        append_fact(rec, beside[0], header | dict(beside[1]))
    return rec


@contextmanager
def _writing(
    actor: Actor, action: str, kind: str, lineage: uuid.UUID, reason: str
) -> Iterator[tuple[Recording, Fact]]:
    """Record on the thing's own stream, handing over the version that stands now."""
    stream = _stream(_standing(actor, kind, lineage))
    with recording(
        actor, action, object_kind=kind, object_ref=str(lineage), reason=reason, stream=stream
    ) as rec:
        sequence_pending()  # what was committed while we waited for our turn counts
        yield rec, _standing(actor, kind, lineage)


def _standing(actor: Actor, kind: str, lineage: uuid.UUID) -> Fact:
    found = facts_by(_present(actor), kind, "lineage", [lineage])
    if not found:
        raise NotFoundError("There is no such thing on record.", next_step="Check the reference.")
    return found[0]


def _present(actor: Actor) -> View:
    """Return the record as it stands for whoever writes: what is walled for them is not there to change."""
    return View(current_position()).through(actor.eyes)


def _stream(fact: Fact) -> uuid.UUID:
    return fact.case_lineage or fact.record_lineage or fact.lineage


def _version(now: Fact, values: Mapping[str, Value]) -> dict[str, Value]:
    header: dict[str, Value] = {
        "lineage": now.lineage, "happened_from": now.happened_from, "happened_to": now.happened_to,
        "happened_basis": now.happened_basis,
        "holder_id": now.holder_id, "source_ref": now.source_ref,
        "case_lineage": now.case_lineage, "record_lineage": now.record_lineage,
    }  # fmt: skip
    kept = {
        name: ",".join(value) if isinstance(value, tuple) else value
        for name, value in now.values.items()
    }
    return header | kept | dict(values)


def _known_as(now: Fact) -> dict[str, Value]:
    return {"known_on": now.known_on, "known_basis": now.known_basis, "known_rule": now.known_rule}
