"""The lists from which people choose in forms and which are the service's own business.

Lists on which the law or the reckoning of Onrecord depends are not here: nobody changes those.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """One choice of a list.

    Attributes:
        code: what is kept with whatever uses it; it never changes.
        meaning: what it is for, said beside it in forms; may be empty.
        is_retired: no form offers it any more.
    """

    code: str
    label: str
    meaning: str = ""
    is_retired: bool = False

    @property
    def words(self) -> str:
        """Return the choice as a form offers it."""
        return f"{self.label}: {self.meaning}" if self.meaning else self.label


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A list, and with which terms it begins.

    Attributes:
        used: where it is chosen from.
        may_be_empty: forms ask for words in its place while it offers nothing.
    """

    key: str
    title: str
    used: str
    terms: tuple[Term, ...] = ()
    may_be_empty: bool = False


TASK_KINDS, NOTE_KINDS, LETTER_KINDS = "task-kinds", "note-kinds", "letter-kinds"
SCHEDULES = "retention-schedules"

VOCABULARIES: dict[str, Vocabulary] = {
    each.key: each
    for each in (
        Vocabulary(
            TASK_KINDS, "Kinds of task", "When somebody raises a task.",
            (
                Term("question", "Question", "somebody answers it"),
                Term("action", "Action", "somebody goes and does something"),
                Term("task", "Task", "any other piece of work"),
            ),
        ),
        Vocabulary(
            NOTE_KINDS, "Kinds of note", "When somebody writes a note about a case.",
            (
                Term("note", "Note"),
                Term("call", "Telephone call"),
                Term("meeting", "Meeting"),
                Term("supervision", "Supervisor's review"),
            ),
        ),
        Vocabulary(
            LETTER_KINDS, "Kinds of letter", "When somebody enters a letter in a register.",
            (
                Term("letter", "Letter"),
                Term("email", "E-mail"),
                Term("form", "Form or notice"),
                Term("call", "Call, written down"),
            ),
        ),
        Vocabulary(
            SCHEDULES, "Retention schedules",
            "When a file is confirmed destroyed. While there is none here, forms ask for it in words.",
            may_be_empty=True,
        ),
    )
}  # fmt: skip
