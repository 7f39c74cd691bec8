"""Write templates: each change a further version, with a reason. None is ever deleted or altered."""

import re
import unicodedata
import uuid
from dataclasses import dataclass, replace

from onrecord.apps.access.policies import require
from onrecord.apps.administration.template_reads import template
from onrecord.apps.audit.services import recording
from onrecord.apps.settings.gaps import (
    GAPS,
    IN_TITLES,
    SAMPLES,
    filled,
    require_known_gaps,
)
from onrecord.apps.settings.models import TextVersion
from onrecord.apps.settings.texts import NOTE, USES, newest
from onrecord.apps.work.policies import require_plain_title
from onrecord.core.kernel.errors import DataRejectedError
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.ledger.actors import actor_of

CHANGE = "template:change"
LONGEST_NAME, LONGEST_TEXT = 60, 10_000
_LONGEST_CODE = 40
_NOT_CODES = frozenset({"new"})
"""What an address of the pages is called already."""


@dataclass(frozen=True, slots=True)
class Text:
    """What is written in a template.

    Attributes:
        use: `letter`, `note` or `task`.
        title: for a letter what it is about, for a task its title; a note has none.
    """

    use: str
    name: str
    title: str
    text: str


def checked(text: Text) -> Text:
    """Return a text as it is kept.

    Raises:
        DataRejectedError: something is missing or too long, a gap is unknown, or its
            name or title gives somebody away.
    """
    name, title = " ".join(text.name.split()), " ".join(text.title.split())
    if text.use not in USES or not 0 < len(name) <= LONGEST_NAME:
        raise DataRejectedError("Say what it is for, and call it something.")
    if not 0 < len(text.text.strip()) <= LONGEST_TEXT:
        raise DataRejectedError("Nothing was written.", next_step="Write the text.")
    if title and text.use == NOTE:
        raise DataRejectedError("A note has no title.", next_step="Leave the title empty.")
    require_plain_title(name)
    require_known_gaps(name, ())
    require_known_gaps(title, IN_TITLES)
    require_known_gaps(text.text, GAPS)
    if title:
        # Dates are longest in September; what is filled in must still be a title.
        require_plain_title(filled(title, SAMPLES))
    return Text(text.use, name, title, text.text.strip().replace("\r\n", "\n"))


def make_template(*, viewer: Viewer, text: Text, reason: str) -> TextVersion:
    """Make a template.

    Raises:
        DataRejectedError: its words cannot be, or another for the same use is called that.
    """
    require(viewer, CHANGE)
    text = checked(text)
    taken = {row.code for row in newest()} | _NOT_CODES
    return _write(viewer, _code(text.name, taken), text, "made", reason, is_retired=False)


def change_template(*, viewer: Viewer, code: str, text: Text, reason: str) -> TextVersion:
    """Write a further version of a template; what it was stays on record. Its use never changes.

    Raises:
        NotFoundError: there is none of that name.
        DataRejectedError: nothing would change, or its words cannot be.
    """
    require(viewer, CHANGE)
    now = template(viewer, code)
    text = checked(replace(text, use=now.use))
    if text == _text_of(now):
        raise DataRejectedError("That is what it says already.", next_step="Change something.")
    return _write(viewer, code, text, "changed", reason, is_retired=now.is_retired)


def retire_template(*, viewer: Viewer, code: str, reason: str) -> TextVersion:
    """Offer a template no more.

    Raises:
        NotFoundError: there is none of that name.
        DataRejectedError: it is retired already.
    """
    require(viewer, CHANGE)
    now = template(viewer, code)
    return _write(viewer, code, _text_of(now), "retired", reason, is_retired=True)


def restore_template(*, viewer: Viewer, code: str, reason: str) -> TextVersion:
    """Offer a retired template again.

    Raises:
        NotFoundError: there is none of that name.
        DataRejectedError: it is offered already, or another is called that by now.
    """
    require(viewer, CHANGE)
    now = template(viewer, code)
    return _write(viewer, code, _text_of(now), "restored", reason, is_retired=False)


def _write(
    viewer: Viewer, code: str, text: Text, what: str, reason: str, *, is_retired: bool
) -> TextVersion:
    # Templates take turns, so that no two get one name or one number.
    stream = uuid.uuid5(uuid.NAMESPACE_OID, "onrecord templates")
    with recording(
        actor_of(viewer), CHANGE, object_kind="template", object_ref=code, reason=reason,
        stream=stream,
    ) as rec:  # fmt: skip
        before = TextVersion.objects.filter(code=code).order_by("-pk").first()
        _require_possible(before, text, what, code=code, is_retired=is_retired)
        number = before.number if before else 0
        number += 1 if what in {"made", "changed"} else 0
        rec.describe(what=what, version=number, use=text.use)
        return TextVersion.objects.create(
            code=code, number=number, use=text.use, name=text.name, title=text.title,
            text=text.text, is_retired=is_retired, what=what, reason=reason.strip(),
            by=viewer.name,
        )  # fmt: skip


def _require_possible(
    before: TextVersion | None, text: Text, what: str, *, code: str, is_retired: bool
) -> None:
    if what == "made" and before is not None:
        raise DataRejectedError("Somebody has made it meanwhile.", next_step="Look at the list.")
    if before is not None and what in {"retired", "restored"} and before.is_retired is is_retired:
        said = "It is retired already." if is_retired else "It is offered already."
        raise DataRejectedError(said, next_step="Look at it again.")
    others = (row for row in newest() if row.code != code and not row.is_retired)
    if not is_retired and (text.use, text.name.casefold()) in {
        (row.use, row.name.casefold()) for row in others
    }:
        raise DataRejectedError("Another template is called that.", next_step="Choose a name.")


def _text_of(row: TextVersion) -> Text:
    return Text(row.use, row.name, row.title, row.text)


def _code(name: str, taken: set[str]) -> str:
    """Return a code that no template ever had: it stands in addresses, and names nobody."""
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "-", ascii_only.casefold()).strip("-")[: _LONGEST_CODE - 4]
    stem = stem.strip("-") or "template"
    numbered = (f"{stem}-{number}" for number in range(2, 1000))
    return next(code for code in (stem, *numbered) if code not in taken)
