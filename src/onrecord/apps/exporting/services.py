"""Take a list out: one act, with how many rows and the hash of the file."""

import hashlib
from dataclasses import dataclass

from onrecord.apps.access.agreeing import ask_for_agreement, use_agreement
from onrecord.apps.access.models import TwoPersonAsk
from onrecord.apps.access.policies import require
from onrecord.apps.access.selectors import user_named
from onrecord.apps.audit.services import recording
from onrecord.apps.exporting.files import FORMATS, file_of
from onrecord.apps.exporting.lists import LISTS, Listed
from onrecord.apps.exporting.models import Export
from onrecord.apps.settings.declared import EXPORT_ROWS
from onrecord.apps.settings.selectors import setting
from onrecord.core.kernel.errors import DataRejectedError, NotPermittedError
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.ledger.actors import actor_of

TAKE, TAKE_LARGE = "export:take", "export:take_large"


class TooLargeError(NotPermittedError):
    """More rows than one person may take out; another has to agree."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A file to be handed over. Its name says nothing of anybody."""

    name: str
    content_type: str
    content: bytes
    rows: int


def one_person_takes_at_most() -> int:
    """Return above how many rows two people are needed."""
    return setting(EXPORT_ROWS)


def take(*, viewer: Viewer, what: str, of: str, file_format: str, reason: str) -> Taken:
    """Take a list out as a file, as its own page shows it to this viewer today.

    Raises:
        TooLargeError: it has more rows than one person may take, and nobody else has agreed.
        DataRejectedError: no such list or format, or no reason.
        NotFoundError: the list is of something that is not there for this viewer.
        NotPermittedError: it is not this account's work.
    """
    require(viewer, TAKE)
    listed = _listed(viewer, what, of, file_format, reason)
    file = Taken(
        f"onrecord-{what}.{file_format}", FORMATS[file_format], file_of(listed, file_format),
        len(listed.rows),
    )  # fmt: skip
    return hand_over(
        viewer=viewer, what=what, of=of, file_format=file_format, reason=reason, file=file
    )


def hand_over(
    *, viewer: Viewer, what: str, of: str, file_format: str, reason: str, file: Taken
) -> Taken:
    """Record that a file leaves, by one person or two as its size asks, and return it.

    Raises:
        TooLargeError: it has more rows than one person may take, and nobody else has agreed.
        NotPermittedError: it is not this account's work.
    """
    require(viewer, TAKE)
    is_large = file.rows > one_person_takes_at_most() and viewer.kind != "local_operator"
    verb = TAKE_LARGE if is_large else TAKE
    with recording(
        actor_of(viewer), verb, object_kind="list", object_ref=name_of(what, of), reason=reason
    ) as rec:
        if is_large:
            _use_agreement(viewer, what, of, file.rows)
        sha256 = hashlib.sha256(file.content).hexdigest()
        rec.describe(rows=file.rows, sha256=sha256)
        if viewer.kind != "local_operator":  # the owner of the machine has no account
            Export.objects.create(
                what=what, of=of, file_format=file_format, reason=reason, rows=file.rows,
                sha256=sha256, by=user_named(viewer.name),
            )  # fmt: skip
    return file


def ask_to_take(*, viewer: Viewer, what: str, of: str, reason: str) -> TwoPersonAsk:
    """Ask somebody else to agree that a large list is taken out.

    Raises:
        DataRejectedError: no such list.
        NotFoundError: it is of something that is not there for this viewer.
    """
    _listed(viewer, what, of, "csv", reason)
    return ask_to_hand_over(viewer=viewer, what=what, of=of, reason=reason)


def ask_to_hand_over(*, viewer: Viewer, what: str, of: str, reason: str) -> TwoPersonAsk:
    """Ask somebody else to agree that a large file leaves, whichever page it comes from."""
    return ask_for_agreement(
        viewer=viewer, verb=TAKE_LARGE, object_kind="list", object_ref=name_of(what, of),
        reason=reason,
    )  # fmt: skip


def name_of(what: str, of: str) -> str:
    """Return what the ledger and an ask call a list."""
    return f"{what} {of}".strip()


def _listed(viewer: Viewer, what: str, of: str, file_format: str, reason: str) -> Listed:
    if what not in LISTS or file_format not in FORMATS or not reason.strip():
        raise DataRejectedError(
            "Say which list, in which form, and what for.",
            next_step="Choose from the page of exports.",
        )
    _, is_of_one, listed = LISTS[what]
    if is_of_one and not of:
        raise DataRejectedError("Say which one.", next_step="Give its reference.")
    return listed(viewer, of)


def _use_agreement(viewer: Viewer, what: str, of: str, rows: int) -> None:
    try:
        use_agreement(viewer=viewer, verb=TAKE_LARGE, object_ref=name_of(what, of))
    except NotPermittedError as refused:
        raise TooLargeError(
            f"This list has {rows} rows; one person takes {one_person_takes_at_most()} at most.",
            next_step="Ask a colleague to agree, then take it.",
        ) from refused
