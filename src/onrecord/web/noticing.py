"""No page about somebody leaves without a look on the ledger, whoever wrote the page.

Selectors record what they show, in the transaction that reads it. What they left out is
recorded here, once the page is made and before it is sent: a page that was forgotten is
told of all the same. Only the addresses of `no_personal_data.csv` are left out, each with
the reason why nobody is to be seen there.
"""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase
from django.urls import ResolverMatch

from onrecord.apps.audit.services import looks_so_far, record_consultation
from onrecord.core.kernel.ids import is_public_reference
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.permissions.table import permissions
from onrecord.web.addresses import OPEN, verbs_by_address, without_personal_data
from onrecord.web.viewing import viewer_of

SHOWN = frozenset({HTTPStatus.OK, HTTPStatus.UNPROCESSABLE_ENTITY})
REFUSED = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND})
_KINDS = {"C": "case", "P": "person", "I": "incident"}


def noticed(
    request: HttpRequest, respond: Callable[[HttpRequest], HttpResponseBase]
) -> HttpResponseBase:
    """Answer, and record the look if nobody has."""
    before = looks_so_far()
    answer = respond(request)
    match = request.resolver_match
    if match is None or looks_so_far() != before or match.view_name in without_personal_data():
        return answer
    if answer.status_code in SHOWN | REFUSED:
        _record(request, match, was_refused=answer.status_code in REFUSED)
    return answer


def _record(request: HttpRequest, match: ResolverMatch, *, was_refused: bool) -> None:
    method = "GET" if request.method in {"HEAD", "OPTIONS"} else str(request.method)
    verb = verbs_by_address().get((match.view_name, method), OPEN)
    if verb == OPEN or not request.user.is_authenticated:
        return
    viewer = viewer_of(request, page=match.view_name)
    kind, reference = _thing_of(match, was_refused=was_refused)
    record_consultation(
        viewer.because(why(viewer, verb)), verb, object_kind=kind, object_ref=reference,
        was_refused=was_refused,
    )  # fmt: skip


def why(viewer: Viewer, verb: str) -> str:
    """Return the reason given; where the work itself says it, what the work is."""
    row = permissions()[verb]
    return viewer.reason or (row.meaning if row.reason == "evident" else "none given")


def _thing_of(match: ResolverMatch, *, was_refused: bool) -> tuple[str, str]:
    """Return what an address is about: the case or person, else the page and its numbers.

    What somebody typed in the place of a reference and nothing answers to is not kept:
    it may be a name.
    """
    named = match.kwargs.get("reference", "")
    if is_public_reference(named):
        return _KINDS.get(named[0].upper(), "page"), named.upper()
    if was_refused:
        return "page", match.view_name
    said = [str(value) for key, value in sorted(match.kwargs.items()) if key != "name"]
    return "page", " ".join((match.view_name, *said))
