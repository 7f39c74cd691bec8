"""Change lists of choices: add, rename, retire, take up again. Nothing in a list is ever deleted."""

import re
import unicodedata
import uuid

from onrecord.apps.access.policies import require
from onrecord.apps.administration.vocabulary_reads import Listed, own_list, term_of
from onrecord.apps.audit.services import recording
from onrecord.apps.settings.models import TermChange
from onrecord.apps.settings.vocabularies import Term
from onrecord.apps.work.policies import require_plain_title
from onrecord.core.kernel.errors import DataRejectedError
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.ledger.actors import actor_of

CHANGE = "vocabulary:change"
_LONGEST_LABEL, _LONGEST_MEANING, _LONGEST_CODE = 60, 120, 16


def add_term(*, viewer: Viewer, key: str, label: str, meaning: str, reason: str) -> Term:
    """Add a choice to a list.

    Raises:
        NotFoundError: there is no such list, or it is fixed.
        DataRejectedError: it stands there already, or its words cannot be.
    """
    require(viewer, CHANGE)
    label, meaning = _plain(label, meaning)
    listed = own_list(viewer, key)
    code = _code(label, {term.code for term in listed.terms})
    return _write(viewer, key, Term(code, label, meaning), "added", reason)


def rename_term(
    *, viewer: Viewer, key: str, code: str, label: str, meaning: str, reason: str
) -> Term:
    """Call a choice something else, wherever it was used as well; what it was called is kept.

    Raises:
        NotFoundError: there is no such list or choice.
        DataRejectedError: nothing would change, another is called that, or its words cannot be.
    """
    require(viewer, CHANGE)
    label, meaning = _plain(label, meaning)
    term = term_of(viewer, key, code)
    if (term.label, term.meaning) == (label, meaning):
        raise DataRejectedError("It is called that already.", next_step="Enter other words.")
    return _write(viewer, key, Term(code, label, meaning, term.is_retired), "renamed", reason)


def retire_term(*, viewer: Viewer, key: str, code: str, reason: str) -> Term:
    """Offer a choice no more; what used it still shows it.

    Raises:
        NotFoundError: there is no such list or choice.
        DataRejectedError: it is retired already, or the last that forms can offer.
    """
    require(viewer, CHANGE)
    term = term_of(viewer, key, code)
    retired = Term(code, term.label, term.meaning, is_retired=True)
    return _write(viewer, key, retired, "retired", reason)


def restore_term(*, viewer: Viewer, key: str, code: str, reason: str) -> Term:
    """Offer a retired choice again.

    Raises:
        NotFoundError: there is no such list or choice.
        DataRejectedError: it is offered already, or another is called that by now.
    """
    require(viewer, CHANGE)
    term = term_of(viewer, key, code)
    return _write(viewer, key, Term(code, term.label, term.meaning), "restored", reason)


def _write(viewer: Viewer, key: str, term: Term, what: str, reason: str) -> Term:
    # Changes of one list take turns, so that two never add the same choice.
    stream = uuid.uuid5(uuid.NAMESPACE_OID, f"onrecord vocabulary {key}")
    with recording(
        actor_of(viewer), CHANGE, object_kind="vocabulary", object_ref=key, reason=reason,
        stream=stream,
    ) as rec:  # fmt: skip
        listed = own_list(viewer, key)
        _require_possible(listed, term, what)
        before = next((each for each in listed.terms if each.code == term.code), None)
        rec.describe(
            what=what, code=term.code, old=before.words if before else None, new=term.words
        )
        TermChange.objects.create(
            vocabulary=key, code=term.code, label=term.label, meaning=term.meaning,
            is_retired=term.is_retired, what=what, reason=reason.strip(), by=viewer.name,
        )  # fmt: skip
    return term


def _require_possible(listed: Listed, term: Term, what: str) -> None:
    others = [each for each in listed.offered if each.code != term.code]
    is_offered = len(others) < len(listed.offered)
    if not term.is_retired and term.label.casefold() in {each.label.casefold() for each in others}:
        raise DataRejectedError("Another choice is called that.", next_step="Enter other words.")
    if what == "added" and term.code in {each.code for each in listed.terms}:
        raise DataRejectedError("Somebody has added it meanwhile.", next_step="Look at the list.")
    if what == "retired" and not is_offered:
        raise DataRejectedError("It is retired already.", next_step="Look at the list again.")
    if what == "retired" and not others and not listed.vocabulary.may_be_empty:
        raise DataRejectedError(
            "Forms need at least one choice.", next_step="Add another before you retire this one."
        )
    if what == "restored" and is_offered:
        raise DataRejectedError("It is offered already.", next_step="Look at the list again.")


def _plain(label: str, meaning: str) -> tuple[str, str]:
    label, meaning = " ".join(label.split()), " ".join(meaning.split())
    if not 0 < len(label) <= _LONGEST_LABEL or len(meaning) > _LONGEST_MEANING:
        raise DataRejectedError(
            f"A choice has between 1 and {_LONGEST_LABEL} letters.",
            next_step="Say it in a few words.",
        )
    for words in filter(None, (label, meaning)):
        require_plain_title(words)
    return label, meaning


def _code(label: str, taken: set[str]) -> str:
    """Return a code that nothing in the list has: it is kept with what uses the choice, for good."""
    ascii_only = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "_", ascii_only.casefold()).strip("_")[: _LONGEST_CODE - 4]
    stem = stem or "choice"
    numbered = (f"{stem}_{number}" for number in range(2, 1000))
    return next(code for code in (stem, *numbered) if code not in taken)
