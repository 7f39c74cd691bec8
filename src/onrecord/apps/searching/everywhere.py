"""One search of every place where something may stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.apps.access.policies import require
from onrecord.apps.cases.finding import references_like
from onrecord.apps.documents.searching import PageHit, pages_matching
from onrecord.apps.people.finding import PersonHit, search_people
from onrecord.apps.searching.selectors import WordsFound, search_words
from onrecord.apps.work.searching import PaperHit, papers_matching
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.searching.places import places_meant
from onrecord.core.timekeeping.views import View

LIMIT, FACTS = 20, 50
"""The most that one search shows of each place, and of facts."""


@dataclass(frozen=True, slots=True)
class Everything:
    """What one search found, by place; a place that was not looked in is empty.

    Attributes:
        cases: kind, public reference and holder's reference of each case or incident.
    """

    people: Sequence[PersonHit]
    cases: Sequence[tuple[str, str, str]]
    record: WordsFound
    papers: Sequence[PaperHit]
    documents: Sequence[PageHit]


def search_everywhere(
    viewer: Viewer, text: str, view: View, places: Sequence[str] = ()
) -> Everything:
    """Return what `text` finds in `places` (all, if none is named) of what the viewer may see.

    Each place records the search for itself.

    Raises:
        NotPermittedError: it is not this account's work.
    """
    require(viewer, "person:search")
    wanted = places_meant(list(places))
    return Everything(
        people=search_people(viewer, text, limit=LIMIT) if "people" in wanted else (),
        cases=references_like(viewer, text, limit=LIMIT) if "cases" in wanted else (),
        record=search_words(viewer, text, view, FACTS) if "record" in wanted else WordsFound(),
        papers=papers_matching(viewer, text, LIMIT) if "papers" in wanted else (),
        documents=pages_matching(viewer, text, LIMIT) if "documents" in wanted else (),
    )
