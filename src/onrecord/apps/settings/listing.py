"""Read the lists of choices as they stand: for forms, and for whatever shows what was chosen."""

from onrecord.apps.settings.models import TermChange
from onrecord.apps.settings.vocabularies import VOCABULARIES, Term
from onrecord.core.kernel.errors import DataRejectedError


def terms(vocabulary: str) -> list[Term]:
    """Return every term of a list, retired ones too, in the order in which they came."""
    known = {term.code: term for term in VOCABULARIES[vocabulary].terms}
    for row in TermChange.objects.filter(vocabulary=vocabulary).order_by("pk"):
        known[row.code] = Term(row.code, row.label, row.meaning, row.is_retired)
    return list(known.values())


def offered(vocabulary: str) -> list[tuple[str, str]]:
    """Return what a form offers of a list: code and words."""
    return [(term.code, term.words) for term in terms(vocabulary) if not term.is_retired]


def labels(vocabulary: str) -> dict[str, str]:
    """Return what each code of a list is called, retired or not."""
    return {term.code: term.label for term in terms(vocabulary)}


def require_known(vocabulary: str, code: str) -> None:
    """Refuse a code that never stood in a list.

    Raises:
        DataRejectedError: it did not.
    """
    if code not in labels(vocabulary):
        raise DataRejectedError("That is none of the choices.", next_step="Choose one.")
