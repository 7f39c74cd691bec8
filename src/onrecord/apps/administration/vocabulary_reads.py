"""Lists of choices as those see them who may change them."""

from dataclasses import dataclass

from onrecord.apps.access.policies import require
from onrecord.apps.administration.fixed_lists import FIXED, Fixed
from onrecord.apps.settings.listing import terms
from onrecord.apps.settings.models import TermChange
from onrecord.apps.settings.vocabularies import VOCABULARIES, Term, Vocabulary
from onrecord.core.kernel.errors import NotFoundError
from onrecord.core.kernel.viewers import Viewer

READ = "vocabulary:read"


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of the service's own with its terms as they stand."""

    vocabulary: Vocabulary
    terms: list[Term]

    @property
    def offered(self) -> list[Term]:
        """Return the terms that forms offer."""
        return [term for term in self.terms if not term.is_retired]


def own_lists(viewer: Viewer) -> list[Listed]:
    """Return the lists that may be changed here."""
    require(viewer, READ)
    return [Listed(each, terms(each.key)) for each in VOCABULARIES.values()]


def fixed_lists(viewer: Viewer) -> tuple[Fixed, ...]:
    """Return the lists that nobody changes, each with the reason."""
    require(viewer, READ)
    return FIXED


def own_list(viewer: Viewer, key: str) -> Listed:
    """Return one list that may be changed here.

    Raises:
        NotFoundError: there is none of that name, or it is fixed.
    """
    require(viewer, READ)
    if key not in VOCABULARIES:
        raise NotFoundError(
            "There is no such list.", next_step="Choose one from the page of lists."
        )
    return Listed(VOCABULARIES[key], terms(key))


def fixed_list(viewer: Viewer, key: str) -> Fixed | None:
    """Return one list that nobody changes, if there is one of that name."""
    return next((each for each in fixed_lists(viewer) if each.key == key), None)


def term_of(viewer: Viewer, key: str, code: str) -> Term:
    """Return one term of a list.

    Raises:
        NotFoundError: there is no such list or term.
    """
    found = next((term for term in own_list(viewer, key).terms if term.code == code), None)
    if found is None:
        raise NotFoundError("There is no such choice.", next_step="Choose one from its list.")
    return found


def changes_of_list(viewer: Viewer, key: str) -> list[TermChange]:
    """Return what was changed in a list, newest first."""
    require(viewer, READ)
    return list(TermChange.objects.filter(vocabulary=key).order_by("-pk"))
