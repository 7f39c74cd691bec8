"""What is said of two records, or of two cases, as rows: one function makes them for everybody who judges."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from onrecord.apps.facts.reading import facts_by
from onrecord.apps.organisations.services import ensure_holder
from onrecord.core.kernel.clock import today
from onrecord.core.kernel.errors import DataRejectedError
from onrecord.core.kernel.ids import lineage_of
from onrecord.core.ledger.canonical import Value
from onrecord.core.timekeeping.views import View

type Verdict = Literal["same", "not_same", "undecided"]
type Pair = tuple[uuid.UUID, uuid.UUID]

DESK = "ONRECORD:DESK"
"""The holder of what is judged here, by a person or by a model."""
DESK_NAME = "Judged here"

_ENDS = {
    "identity_judgement": ("record_a", "record_b"),
    "incident_judgement": ("case_a", "case_b"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One judgement to be written: of which two, what, how, by whom or what, and why.

    Attributes:
        beside: set for what stands beside the judgement of a pair and does not follow it, such as
            what a second reader says.
    """

    pair: Pair
    judgement: str
    method: str
    by: str
    reason: str
    beside: str = ""


def ordered(one: uuid.UUID, other: uuid.UUID) -> Pair:
    """Return the two as every judgement names them, the lesser first."""
    return (one, other) if one <= other else (other, one)


def judged_under(kind: str, pair: Pair, beside: str = "") -> uuid.UUID:
    """Return the lineage under which what is judged here of a pair is kept, whoever judges."""
    return lineage_of(DESK, kind, *map(str, pair), *((beside,) if beside else ()))


def rows_of(view: View, kind: str, many: Collection[Said]) -> list[dict[str, Value]]:
    """Return the rows of several judgements, each a later value of what `view` shows of its pair.

    What was judged as known of a day to come is followed on that day, never before.
    """
    lineages = {said: judged_under(kind, said.pair, said.beside) for said in many}
    days = {
        fact.lineage: fact.known_on for fact in facts_by(view, kind, "lineage", lineages.values())
    }
    holder, end_a, end_b = ensure_holder(DESK, name=DESK_NAME).pk, *_ENDS[kind]
    return [
        {
            "lineage": lineage, "holder_id": holder, "change": "later" if lineage in days else "first",
            "known_on": max(today(), days.get(lineage, today())), "known_basis": "stated",
            end_a: said.pair[0], end_b: said.pair[1], "judgement": said.judgement,
            "method": said.method, "judged_by": said.by, "reason": said.reason,
        }
        for said, lineage in lineages.items()
    ]  # fmt: skip


def require_reason(reason: str) -> str:
    """Return why somebody judges as it is kept.

    Raises:
        DataRejectedError: no reason was given.
    """
    if not reason.strip():
        raise DataRejectedError("Nothing is judged without a reason.", next_step="Say why.")
    return reason.strip()
