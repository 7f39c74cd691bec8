"""What else there is about a case or a person, for those whose work it is: the links on its page."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from onrecord.apps.access.policies import may
from onrecord.core.kernel.viewers import Viewer
from onrecord.web.addresses import verbs_by_address


@dataclass(frozen=True, slots=True)
class Link:
    """Words, and where they lead."""

    label: str
    href: str


ABOUT_A_CASE = (
    ("Tasks", "work:case-tasks", ""),
    ("Notes", "work:case-notes", ""),
    ("Policy file", "work:policy-file", ""),
    ("Letters", "work:letters", ""),
    ("Documents", "documents:list", "about"),
    ("Victims and reporters", "victims:case", ""),
    ("One incident with others?", "identity:cases-of", ""),
    ("Who works on it", "circles:circle", ""),
    ("Conflicts of interest", "conflicts:case", ""),
    ("Disclosure to the subject", "disclosing:case", ""),
    ("Who looked", "looks:thing", ""),
    ("Step away", "conflicts:step-away", "case"),
    ("Ask counter-corruption", "seals:ask", "about"),
)
"""Label, route, and in which field of the address the reference stands; none where it is in its path."""

ABOUT_A_PERSON = (
    ("Why these records are one person", "identity:links", ""),
    ("Who works about them", "circles:circle", ""),
    ("Documents", "documents:list", "about"),
    ("Who looked", "looks:thing", ""),
    ("Ask counter-corruption", "seals:ask", "about"),
)


def beside(
    viewer: Viewer, places: tuple[tuple[str, str, str], ...], reference: str
) -> tuple[Link, ...]:
    """Return the links that this viewer's roles reach. The same whatever is on record about the thing."""
    verbs = verbs_by_address()
    return tuple(
        Link(label, _address(route, field, reference))
        for label, route, field in places
        if may(viewer, verbs[route, "GET"])
    )


def _address(route: str, field: str, reference: str) -> str:
    if field:
        return f"{reverse(route)}?{urlencode({field: reference})}"
    return reverse(route, args=[reference])
