"""The only writers of notes, policy files and correspondence. Nothing written here is changed."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from onrecord.apps.audit.services import recording
from onrecord.apps.settings.listing import require_known
from onrecord.apps.settings.vocabularies import LETTER_KINDS, NOTE_KINDS
from onrecord.apps.work.case_reads import entry_numbered, letter_named, require_case
from onrecord.apps.work.models import CaseNote, Letter, PolicyEntry
from onrecord.apps.work.notices import mentioned, sees_case, tell_of_note
from onrecord.apps.work.policies import require_plain_title
from onrecord.core.kernel.clock import today
from onrecord.core.kernel.errors import DataRejectedError
from onrecord.core.kernel.ids import new_lineage, public_reference
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.ledger.actors import actor_of


@dataclass(frozen=True, slots=True)
class NewEntry:
    """A decision for the policy file.

    Attributes:
        options_rejected: what else could have been done, and was not.
        advice_taken: whose advice, and what it was; may be none.
        corrects: the number of the entry that this one corrects, if it does.
    """

    decision: str
    options_rejected: str
    reasons: str
    advice_taken: str = ""
    corrects: int | None = None


@dataclass(frozen=True, slots=True)
class NewLetter:
    """A letter for the register.

    Attributes:
        kind: `out` or `in`.
        form: a code of the list of kinds of letter.
        correspondent: to whom or from whom, by office and not by name.
        subject: what it is about, in words that name nobody.
        words: what it says or asks.
        reply_due_on: by when a reply is asked for, if one is.
    """

    kind: str
    correspondent: str
    subject: str
    words: str
    dated_on: date
    reply_due_on: date | None = None
    form: str | None = None


def add_case_note(
    *, viewer: Viewer, case: uuid.UUID, words: str, kind: str | None = None
) -> CaseNote:
    """Write something down about a case. Those it mentions as @name are told.

    Raises:
        NotFoundError: there is no such case for this viewer.
        DataRejectedError: nothing was written, or it mentions somebody who may not see the case.
    """
    require_case(viewer, "case_note:write", case)
    _require_words(words)
    if kind is not None:
        require_known(NOTE_KINDS, kind)
    told = mentioned(words, sees_case(case), by=viewer)
    with recording(
        actor_of(viewer), "case_note:write", object_kind="case",
        object_ref=public_reference("C", case), reason=_reason(viewer), stream=case,
    ):  # fmt: skip
        note = CaseNote.objects.create(
            case_lineage=case, kind=kind, words=words.strip(), by=viewer.name
        )
        tell_of_note(told, note)
    return note


def enter_decision(*, viewer: Viewer, case: uuid.UUID, new: NewEntry) -> PolicyEntry:
    """Enter a decision in the policy file of a case, under the next number.

    Raises:
        NotFoundError: there is no such case, or no entry to correct, for this viewer.
        DataRejectedError: the decision, the options rejected or the reasons are missing.
    """
    require_case(viewer, "policy_file:write", case)
    for words in (new.decision, new.options_rejected, new.reasons):
        _require_words(words)
    corrects = entry_numbered(viewer, case, new.corrects) if new.corrects is not None else None
    # An act takes its turn in the stream of its case, so no two entries draw one number.
    with recording(
        actor_of(viewer), "policy_file:write", object_kind="case",
        object_ref=public_reference("C", case), reason=_reason(viewer), stream=case,
    ) as rec:  # fmt: skip
        last = PolicyEntry.objects.filter(case_lineage=case).aggregate(last=Max("number"))["last"]
        number = (last or 0) + 1
        rec.describe(number=number, corrects=new.corrects)
        return PolicyEntry.objects.create(
            case_lineage=case, number=number, decision=new.decision.strip(),
            options_rejected=new.options_rejected.strip(), reasons=new.reasons.strip(),
            advice_taken=new.advice_taken.strip(), corrects=corrects, by=viewer.name,
        )  # fmt: skip


def enter_letter(*, viewer: Viewer, case: uuid.UUID, new: NewLetter) -> Letter:
    """Enter a letter that was sent or came in the register of a case.

    Raises:
        NotFoundError: there is no such case for this viewer.
        DataRejectedError: the line gives somebody away, nothing is said, or a day cannot be.
    """
    require_case(viewer, "letter:record", case)
    _require_days(new.dated_on, new.reply_due_on)
    if new.form is not None:
        require_known(LETTER_KINDS, new.form)
    return _enter(viewer, case, new, answers=None)


def answer_letter(
    *, viewer: Viewer, case: uuid.UUID, reference: str, kind: str, words: str, dated_on: date
) -> Letter:
    """Enter what answers a letter: the reply (`in` or `out`), or that none is waited for (`ended`).

    Raises:
        NotFoundError: there is no such letter for this viewer.
        DataRejectedError: nothing is said, it is answered already, or a day cannot be.
    """
    require_case(viewer, "letter:record", case)
    seen = letter_named(viewer, case, reference)
    _require_days(dated_on, None)
    if dated_on < seen.letter.dated_on:
        raise DataRejectedError(
            "An answer cannot be older than its letter.", next_step="Check the day."
        )
    letter = seen.letter
    new = NewLetter(kind, letter.correspondent, letter.subject, words, dated_on)
    return _enter(viewer, case, new, answers=letter)


def _enter(viewer: Viewer, case: uuid.UUID, new: NewLetter, *, answers: Letter | None) -> Letter:
    _require_words(new.words)
    require_plain_title(new.correspondent)
    require_plain_title(new.subject)
    lineage = new_lineage()
    reference = public_reference("L", lineage)
    with recording(
        actor_of(viewer), "letter:record", object_kind="letter", object_ref=reference,
        reason=_reason(viewer), stream=case,
    ) as rec:  # fmt: skip
        if answers is not None and Letter.objects.filter(answers=answers).exists():
            raise DataRejectedError(
                "This letter is answered already.", next_step="Enter a letter of its own."
            )
        rec.describe(kind=new.kind, answers=answers.reference if answers else None)
        return Letter.objects.create(
            lineage=lineage, reference=reference, case_lineage=case, kind=new.kind,
            form=new.form,
            correspondent=new.correspondent.strip(), subject=new.subject.strip(),
            words=new.words.strip(), dated_on=new.dated_on, reply_due_on=new.reply_due_on,
            answers=answers, by=viewer.name,
        )  # fmt: skip


def _require_days(dated_on: date, reply_due_on: date | None) -> None:
    if dated_on > today():
        raise DataRejectedError("That day is still to come.", next_step="Enter today or earlier.")
    if reply_due_on is not None and reply_due_on < dated_on:
        raise DataRejectedError(
            "A reply cannot be due before the letter.", next_step="Check both days."
        )


def _require_words(words: str) -> None:
    if not words.strip():
        raise DataRejectedError("Nothing was written.", next_step="Say it in a sentence.")


def _reason(viewer: Viewer) -> str:
    return viewer.reason or "the task at hand"
