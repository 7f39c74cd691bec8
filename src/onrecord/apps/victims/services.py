"""Record what was done for a victim, and whether two parties are one person."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from onrecord.apps.audit.services import recording
from onrecord.apps.victims.compartment import keep_words
from onrecord.apps.victims.models import Entry, Match
from onrecord.apps.victims.selectors import party_within
from onrecord.core.conduct.distinct import Answer
from onrecord.core.conduct.victims import ENTRY_KINDS, what_is_wrong
from onrecord.core.kernel.clock import today
from onrecord.core.kernel.errors import DataRejectedError
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.ledger.actors import actor_of

AGREED_ACT = "the work of a victim contact officer"
"""Why an entry is made, where nobody is asked for a reason: it is its own."""


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What is to be recorded of a victim; `words` go into the compartment."""

    kind: str
    on_day: date
    what: str = ""
    state: str = ""
    channel: str = ""
    words: Mapping[str, str] = field(default_factory=dict)


def record_entry(*, viewer: Viewer, reference: str, party: uuid.UUID, new: NewEntry) -> Entry:
    """Record one dated statement about a victim in a case.

    Raises:
        NotFoundError: no such party, or none that this viewer may see.
        NotPermittedError: it is not the viewer's to do.
        DataRejectedError: the kind has no such answers, or the day has not come.
    """
    kind = ENTRY_KINDS.get(new.kind)
    if kind is None:
        raise DataRejectedError("There is no such kind of entry.", next_step="Choose another.")
    found = party_within(viewer, kind.verb, reference, party)
    words = {label: text.strip() for label, text in new.words.items() if text.strip()}
    wrong = what_is_wrong(new.kind, new.what, new.state, new.channel, words)
    if wrong or new.on_day > today():
        raise DataRejectedError(
            next(iter(wrong.values()), "The day must be today or earlier."),
            next_step="Correct the form and send it again.",
        )
    with recording(
        actor_of(viewer), kind.verb, object_kind="party", object_ref=str(party),
        reason=viewer.reason or AGREED_ACT, stream=found.case_lineage,
    ) as rec:  # fmt: skip
        rec.describe(kind=new.kind)
        entry = Entry.objects.create(
            case_lineage=found.case_lineage, party_lineage=party, kind=new.kind, what=new.what,
            state=new.state, channel=new.channel, on_day=new.on_day, recorded_by=viewer.name,
            has_words=bool(words),
        )  # fmt: skip
        if words:
            keep_words(entry.pk, found.case_lineage, party, words, viewer.name)
    return entry


def record_match(
    *,
    viewer: Viewer,
    one: tuple[str, uuid.UUID],
    other: tuple[str, uuid.UUID],
    answer: Answer,
    reasons: str,
) -> Match:
    """Record whether two parties, each of a case by its reference, are one person, and why.

    The reasons lie in the compartment, with both parties. A later answer supersedes.

    Raises:
        NotFoundError: either party is none that this viewer may see.
        NotPermittedError: it is not the viewer's to do.
        DataRejectedError: it is the same party twice, or no reasons were given.
    """
    first, second = sorted(
        (party_within(viewer, "victim:match", *pair) for pair in (one, other)),
        key=lambda party: party.lineage,
    )
    if first.lineage == second.lineage:
        raise DataRejectedError(
            "These are one and the same party.", next_step="Choose two different parties."
        )
    if not reasons.strip():
        raise DataRejectedError("Say why.", next_step="Write the reasons and send it again.")
    with recording(
        actor_of(viewer), "victim:match", object_kind="party", object_ref=str(first.lineage),
        reason=viewer.reason, stream=first.case_lineage,
    ) as rec:  # fmt: skip
        rec.describe(other=str(second.lineage))
        match = Match.objects.create(
            one_case=first.case_lineage, one_party=first.lineage,
            other_case=second.case_lineage, other_party=second.lineage,
            answer=answer, recorded_by=viewer.name,
        )  # fmt: skip
        for party in (first, second):
            keep_words(
                match.pk,
                party.case_lineage,
                party.lineage,
                {"reasons": reasons.strip()},
                viewer.name,
            )
    return match
