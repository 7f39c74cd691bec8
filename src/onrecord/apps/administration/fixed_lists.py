"""Lists of choices that nobody changes in the pages, each with why, and where it comes from."""

from dataclasses import dataclass

from onrecord.apps.access.roles import Role
from onrecord.apps.documents.models import FileSought
from onrecord.apps.work.models import Letter, Task
from onrecord.core.conduct.victims import CHANNELS, ENTRY_KINDS


@dataclass(frozen=True, slots=True)
class Fixed:
    """A list that is fixed.

    Attributes:
        why: why nobody changes it in the pages.
        source: where it comes from.
    """

    key: str
    title: str
    why: str
    source: str
    terms: tuple[str, ...]


def _words(pairs: list[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(words for _, words in pairs)


FIXED: tuple[Fixed, ...] = (
    Fixed(
        "roles", "Roles of accounts",
        "What an account may do is worked out from its role, and tests hold every page to it.",
        "Onrecord's table of permissions (Help, Who may do what).",
        tuple(sorted(role.label for role in Role if role is not Role.LOCAL_OPERATOR)),
    ),
    Fixed(
        "task-states", "How a task stands",
        "Whether something is late, or waits for a review, is worked out from it.",
        "Onrecord itself.", _words(Task.STATES),
    ),
    Fixed(
        "letter-directions", "Whether a letter was sent or came",
        "Whose reply is waited for, and since when, is worked out from it.",
        "Onrecord itself.", _words(Letter.KINDS),
    ),
    Fixed(
        "file-states", "How a file that is sought stands",
        "A file is confirmed destroyed only with a schedule and somebody's word; else it is not found.",
        "The file desk's own rules.", _words(FileSought.STATES),
    ),
    Fixed(
        "victim-entries", "What can be recorded about a victim",
        "Three schemes run beside each other and must never be mixed: updates owed, the Victims' Code,"
        " interested persons.",
        "The schemes themselves: complaint updates, the Victims' Code, interested persons.",
        tuple(kind.label for kind in ENTRY_KINDS.values()),
    ),
    Fixed(
        "code-rights", "Rights under the Victims' Code",
        "The law says which rights there are.", "The Victims' Code.",
        tuple(ENTRY_KINDS["right"].whats.values()),
    ),
    Fixed(
        "no-contact", "Why there is to be no contact with a victim",
        "Whether somebody is owed contact is worked out from it.", "Onrecord itself.",
        tuple(ENTRY_KINDS["no_contact"].whats.values()),
    ),
    Fixed(
        "channels", "Ways of reaching a victim",
        "What is safe is recorded for each of them, and a new one would be safe for nobody yet.",
        "Onrecord itself.", tuple(CHANNELS.values()),
    ),
    Fixed(
        "anonymity", "Grounds of anonymity for life",
        "Whether anonymity is by statute or by policy depends on the ground.",
        "Statute for sexual offences; policy for domestic abuse.",
        tuple(ENTRY_KINDS["anonymity"].whats.values()),
    ),
)  # fmt: skip
