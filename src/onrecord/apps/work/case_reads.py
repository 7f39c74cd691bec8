"""Reads of what is kept with a case: its notes, its policy file, its correspondence.

Who may see the case sees them; to anybody else there is no case, and so none of these.
"""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from onrecord.apps.access.policies import require
from onrecord.apps.access.selectors import circle_of, hidden_from
from onrecord.apps.audit.services import record_consultation
from onrecord.apps.people.reaching import cases_in_reach, reaches_case
from onrecord.apps.work.models import CaseNote, Letter, PolicyEntry
from onrecord.core.kernel.errors import NotFoundError
from onrecord.core.kernel.ids import public_reference
from onrecord.core.kernel.viewers import Viewer


@dataclass(frozen=True, slots=True)
class LetterSeen:
    """A line of the register, with what answers it.

    Attributes:
        is_waiting: it asked for a reply, and nothing has answered it.
    """

    letter: Letter
    answer: Letter | None

    @property
    def is_waiting(self) -> bool:
        """Tell whether a reply is still owed."""
        return self.letter.reply_due_on is not None and self.answer is None

    def is_overdue(self, on: date) -> bool:
        """Tell whether the reply ought to be there already."""
        due = self.letter.reply_due_on
        return self.is_waiting and due is not None and due < on


def notes_of(viewer: Viewer, case: uuid.UUID) -> list[CaseNote]:
    """Return the notes of a case, newest first, and record the look."""
    require_case(viewer, "case_note:read", case)
    _record(viewer, "case_note:read", case)
    return list(CaseNote.objects.filter(case_lineage=case))


def policy_file(viewer: Viewer, case: uuid.UUID) -> list[PolicyEntry]:
    """Return the policy file of a case, in the order of its numbers, and record the look."""
    require_case(viewer, "policy_file:read", case)
    _record(viewer, "policy_file:read", case)
    entries = PolicyEntry.objects.select_related("corrects").prefetch_related("corrections")
    return list(entries.filter(case_lineage=case))


def entry_numbered(viewer: Viewer, case: uuid.UUID, number: int) -> PolicyEntry:
    """Return one entry of a policy file.

    Raises:
        NotFoundError: there is no case, or no entry of that number, for this viewer.
    """
    require_case(viewer, "policy_file:read", case)
    found = PolicyEntry.objects.filter(case_lineage=case, number=number).first()
    if found is None:
        raise NotFoundError("There is no entry of that number.", next_step="Look in the file.")
    return found


def letters_of(viewer: Viewer, case: uuid.UUID) -> list[LetterSeen]:
    """Return the register of correspondence of a case, newest first, and record the look."""
    require_case(viewer, "letter:read", case)
    _record(viewer, "letter:read", case)
    return [_seen(letter) for letter in _letters().filter(case_lineage=case).exclude(kind="ended")]


def letter_named(viewer: Viewer, case: uuid.UUID, reference: str) -> LetterSeen:
    """Return one line of the register, and record the look.

    Raises:
        NotFoundError: there is no case, or no such letter in it, for this viewer.
    """
    require_case(viewer, "letter:read", case)
    wanted = reference.strip().upper()
    letter = _letters().filter(case_lineage=case, reference=wanted).exclude(kind="ended").first()
    _record(viewer, "letter:read", case, was_refused=letter is None)
    if letter is None:
        raise no_case()
    return _seen(letter)


def replies_overdue(viewer: Viewer, on: date) -> list[Letter]:
    """Return the letters whose reply is late, which the viewer entered or in whose circle they are."""
    mine = Q(by=viewer.name) | Q(case_lineage__in=circle_of(viewer, "case"))
    late = Letter.objects.filter(mine, reply_due_on__lt=on, answered_by=None)
    within = cases_in_reach(viewer, "letter:read")
    if within is not None:
        late = late.filter(case_lineage__in=within)
    hidden = hidden_from(viewer.eyes)
    return [one for one in late.order_by("reply_due_on", "pk") if one.case_lineage not in hidden]


def require_case(viewer: Viewer, verb: str, case: uuid.UUID) -> None:
    """Refuse a case that is not there for this viewer.

    Raises:
        NotPermittedError: the viewer's duties do not reach `verb` at all.
        NotFoundError: the case is out of reach or hidden, or does not exist.
    """
    require(viewer, verb)
    if not reaches_case(viewer, verb, case):
        raise no_case()


def no_case() -> NotFoundError:
    """Return the one answer for what is not there and for what is out of reach."""
    return NotFoundError(
        "There is nothing on record by that reference, or nothing you may see.",
        next_step="Check it.",
    )


def _letters() -> QuerySet[Letter]:
    answers = Prefetch("answered_by", Letter.objects.order_by("pk"))
    return Letter.objects.select_related("answers").prefetch_related(answers)


def _seen(letter: Letter) -> LetterSeen:
    return LetterSeen(letter, next(iter(letter.answered_by.all()), None))


def _record(viewer: Viewer, verb: str, case: uuid.UUID, *, was_refused: bool = False) -> None:
    record_consultation(
        viewer, verb, object_kind="case", object_ref=public_reference("C", case),
        was_refused=was_refused,
    )  # fmt: skip
