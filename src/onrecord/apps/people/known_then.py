"""What was on record about a person on a day: anywhere, to one holder, and within reach."""

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.apps.access.selectors import holders_meant
from onrecord.apps.people.selectors import DecisionReach, PersonPage, person_page
from onrecord.core.kernel.facts import Fact
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.timekeeping.views import View

HINDSIGHT = (
    "Seen with hindsight. Rows marked not reachable then were not available to the decision-maker."
)


@dataclass(frozen=True, slots=True)
class KnownThen:
    """A person's record on a day, and the part of it that one holder could see.

    Attributes:
        page: the joined-up page as known on the day.
        visible: the facts that the holder's systems held; all of them if none is named.
        decisions: the decisions taken by the day, with what was near to each.
    """

    page: PersonPage
    visible: Sequence[Fact]
    decisions: Sequence[DecisionReach]


def known_then(
    viewer: Viewer, view: View, reference: str, *, held_by: str | None = None
) -> KnownThen:
    """Return what was known of a person under `view`, and what `held_by` could see of it.

    Raises:
        NotFoundError: nobody by that reference, none that may be seen, or no such holder.
    """
    page = person_page(viewer, view.joined_up(), reference)
    if held_by is None:
        return KnownThen(page, everything(page), page.decisions)
    seen = person_page(viewer, view.as_visible_to(holders_meant(viewer.eyes, held_by)), reference)
    return KnownThen(page, everything(seen), page.decisions)


def everything(page: PersonPage) -> list[Fact]:
    """Return every fact of a page, about the person and about their cases."""
    return [*page.facts, *(fact for facts in page.case_facts.values() for fact in facts)]
