"""What stands above every page of what is kept with a case: which case, and the ways on."""

import uuid
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from onrecord.apps.access.policies import may
from onrecord.apps.cases.selectors import case_lineage
from onrecord.apps.people.reaching import recording_refusals
from onrecord.core.kernel.ids import public_reference
from onrecord.core.kernel.viewers import Viewer
from onrecord.web.addresses import verbs_by_address
from onrecord.web.viewing import viewer_with_reason

_TABS = (
    ("Notes", "work:case-notes"),
    ("Policy file", "work:policy-file"),
    ("Letters", "work:letters"),
    ("Tasks", "work:case-tasks"),
)


@dataclass(frozen=True, slots=True)
class CaseTab:
    """One of the things kept with a case."""

    label: str
    href: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class CaseAsked:
    """Who looks at which case."""

    viewer: Viewer
    lineage: uuid.UUID
    reference: str

    def tabs(self, route: str) -> tuple[CaseTab, ...]:
        """Return the ways on that the viewer's duties reach; `route` is where they are."""
        verbs = verbs_by_address()
        return tuple(
            CaseTab(label, reverse(name, args=[self.reference]), name == route)
            for label, name in _TABS
            if may(self.viewer, verbs[name, "GET"])
        )


def case_asked(request: HttpRequest, reference: str, verb: str, *, page: str) -> CaseAsked:
    """Return the case that an address names, once the viewer has said why.

    Raises:
        NotFoundError: there is no such case, or none for this viewer; the refusal is recorded.
    """
    viewer = viewer_with_reason(request, page=page)
    with recording_refusals(viewer, verb, "case", reference):
        lineage = case_lineage(viewer, reference)
    return CaseAsked(viewer, lineage, public_reference("C", lineage))
