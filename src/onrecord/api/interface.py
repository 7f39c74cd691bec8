"""The interface itself: each address asks the same selectors as its page, with the key's eyes."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer

from onrecord.api.schemas import (
    FactOut,
    MatchIn,
    MatchOut,
    Problem,
    SearchIn,
    SearchOut,
    TaskOut,
    ThingOut,
    Whoami,
    fact_out,
    match_out,
    search_out,
    typed_of,
)
from onrecord.apps.access.policies import require
from onrecord.apps.audit.selectors import current_position
from onrecord.apps.audit.services import record_consultation
from onrecord.apps.cases.selectors import case_page
from onrecord.apps.linking.asking import who_may_it_be
from onrecord.apps.looking.pacing import require_pace
from onrecord.apps.people.selectors import person_page
from onrecord.apps.searching.everywhere import search_everywhere
from onrecord.apps.signing_in.selectors import viewer_for_key
from onrecord.apps.work.selectors import my_work, task_named
from onrecord.core.kernel.clock import today
from onrecord.core.kernel.errors import (
    NotFoundError,
    NotPermittedError,
    OnrecordError,
    TooFastError,
    UsageError,
)
from onrecord.core.kernel.facts import Fact
from onrecord.core.kernel.ids import public_reference
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.timekeeping.views import View

UNKNOWN_KEY = "This needs the key of a service account: Authorization: Bearer onr_…"
_STATUS = ((NotFoundError, 404), (NotPermittedError, 403), (TooFastError, 429))


class Key(HttpBearer):
    """The key of a service account, asked at every request: what is revoked is good for nothing."""

    def authenticate(self, request: HttpRequest, token: str) -> Viewer | None:
        """Return who looks with this key, or nobody."""
        try:
            reason = request.headers.get("X-Reason", "").strip()[:500]
            return viewer_for_key(token, page=f"api {request.path_info}", reason=reason)
        except NotPermittedError:
            return None


api = NinjaAPI(
    title="Onrecord", version="1", auth=Key(), urls_namespace="api", docs_url=None, openapi_url=None,
    description="What pages show, as JSON. Every answer is recorded as a look.",
)  # fmt: skip
PROBLEMS = {401: Problem, 403: Problem, 404: Problem, 422: Problem, 429: Problem}


@api.get("/whoami", response={200: Whoami, **PROBLEMS})
def whoami(request: HttpRequest) -> Any:
    """Say whose key this is and what it is good for."""
    viewer = _viewer(request, "session:read")
    return Whoami(account=viewer.name, role=viewer.role, verbs=sorted(viewer.scopes or ()))


@api.get("/people/{reference}", response={200: ThingOut, **PROBLEMS})
def person(request: HttpRequest, reference: str, on: date | None = None) -> Any:
    """Return everything on record about one person, as known on a day (today if none is given)."""
    viewer, view = _asked(request, "person:read", on)
    page = person_page(viewer, view, reference)
    facts = [*page.facts, *(fact for many in page.case_facts.values() for fact in many)]
    return _thing(page.reference, view, facts, {n: ref.code for n, ref in page.holders.items()})


@api.get("/cases/{reference}", response={200: ThingOut, **PROBLEMS})
def case(request: HttpRequest, reference: str, on: date | None = None) -> Any:
    """Return everything on record about one case, as known on a day (today if none is given)."""
    viewer, view = _asked(request, "case:read", on)
    page = case_page(viewer, view, reference)
    return _thing(
        page.reference, view, page.facts, {n: ref.code for n, ref in page.holders.items()}
    )


@api.post("/search", response={200: SearchOut, **PROBLEMS})
def search(request: HttpRequest, wanted: SearchIn) -> Any:
    """Return what a name, number, reference or words find, place by place; posted, never in an address."""
    viewer, view = _asked(request, "person:search", wanted.on)
    return search_out(search_everywhere(viewer, wanted.text, view, wanted.places))


@api.post("/match", response={200: MatchOut, **PROBLEMS})
def match(request: HttpRequest, wanted: MatchIn) -> Any:
    """Return which people on record somebody may be, with what speaks for each; it settles nothing."""
    viewer = _viewer(request, "person:search")
    return match_out(who_may_it_be(viewer, typed_of(wanted), models=settings.HOME.models))


@api.get("/tasks", response={200: list[TaskOut], **PROBLEMS})
def tasks(request: HttpRequest) -> Any:
    """Return the account's open tasks, what was due first first."""
    viewer = _viewer(request, "task:read")
    require(viewer, "task:read")
    found = list(my_work(viewer)[:500])
    record_consultation(viewer, "task:read", object_kind="list", object_ref=f"{len(found)} tasks")
    return [_task(one) for one in found]


@api.get("/tasks/{reference}", response={200: TaskOut, **PROBLEMS})
def task(request: HttpRequest, reference: str) -> Any:
    """Return one task that the account may see."""
    viewer = _viewer(request, "task:read")
    found = task_named(viewer, reference)
    record_consultation(viewer, "task:read", object_kind="task", object_ref=found.reference)
    return _task(found)


def _viewer(request: HttpRequest, verb: str) -> Viewer:
    """Return whose key this is, unless it has to wait."""
    viewer: Viewer = request.auth  # type: ignore[attr-defined]
    require_pace(viewer, verb, object_kind="page", object_ref="api")
    return viewer


def _asked(request: HttpRequest, verb: str, on: date | None) -> tuple[Viewer, View]:
    if on is not None and on > today():
        raise UsageError(
            "The day must be today or earlier.", next_step="Ask for a day that has come."
        )
    viewer = _viewer(request, verb)
    return viewer, View(current_position(), on=on or today(), eyes=viewer.eyes)


def _thing(reference: str, view: View, facts: Iterable[Fact], holders: dict[int, str]) -> ThingOut:
    shown: list[FactOut] = [
        fact_out(fact, holders)
        for fact in sorted(facts, key=lambda one: (one.known_on, one.fact_id))
    ]
    return ThingOut(
        reference=reference, known_on=view.on or today(), recorded_by=view.position, facts=shown
    )


def _task(found: Any) -> TaskOut:
    return TaskOut(
        reference=found.reference, kind=found.kind, title=found.title, state=found.state,
        due_on=found.due_on,
        case=public_reference("C", found.case_lineage) if found.case_lineage else None,
    )  # fmt: skip


@api.exception_handler(OnrecordError)
def explained(request: HttpRequest, problem: OnrecordError) -> HttpResponse:
    """Answer with the problem's own sentence; what is out of reach like what never was."""
    status = next((found for kind, found in _STATUS if isinstance(problem, kind)), 422)
    answer = _problem(request, status, problem.message, problem.next_step)
    if isinstance(problem, TooFastError):
        answer["Retry-After"] = str(problem.seconds)
    return answer


@api.exception_handler(AuthenticationError)
def nobody(request: HttpRequest, problem: Exception) -> HttpResponse:
    """Answer a request without a key that is good."""
    del problem
    return _problem(request, 401, UNKNOWN_KEY, "Ask whoever runs Onrecord for a key.")


def _problem(request: HttpRequest, status: int, detail: str, next_step: str) -> HttpResponse:
    titles = {
        401: "No key", 403: "Not permitted", 404: "Nothing there", 422: "Not understood",
        429: "Too much at once",
    }  # fmt: skip
    answer = api.create_response(
        request,
        {"title": titles[status], "status": status, "detail": detail, "next_step": next_step},
        status=status,
    )
    answer["Content-Type"] = "application/problem+json"
    return answer
