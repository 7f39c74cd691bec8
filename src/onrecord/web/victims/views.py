"""Victims and reporters: my cases', one case's, one of them, what is recorded, and who it is."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from onrecord.apps.access.policies import FreshSignInNeededError, reach
from onrecord.apps.victims import selectors
from onrecord.apps.victims.services import NewEntry, record_entry
from onrecord.core.conduct.victims import ENTRY_KINDS
from onrecord.core.kernel.clock import today
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError
from onrecord.core.permissions.table import Reach
from onrecord.web.errors import fresh_sign_in
from onrecord.web.frame import show
from onrecord.web.victims.forms import EntryForm, ReasonForm
from onrecord.web.victims.presenters import (
    case_shown,
    known_as,
    list_shown,
    victim_shown,
    who_shown,
)
from onrecord.web.viewing import viewer_of
from onrecord.web.wording.dates import uk_date


def listed(request: HttpRequest) -> HttpResponse:
    """Show the victims and reporters of the viewer's cases; or go to another case's."""
    viewer = viewer_of(request, page="victims")
    asked = request.GET.get("case", "").strip()
    is_any = reach(viewer, "victim:list") is Reach.ALL
    if asked and is_any:
        return HttpResponseRedirect(reverse("victims:case", args=[asked[:40]]))
    page = list_shown(selectors.my_victims(viewer))
    return show(request, "victims/list.jinja", page=page, is_any=is_any)


def case(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the victims and reporters of one case."""
    viewer = viewer_of(request, page="victims of a case")
    page = case_shown(selectors.victims_of_case(viewer, reference), viewer)
    return show(request, "victims/case.jinja", page=page)


def victim(request: HttpRequest, reference: str, party: UUID) -> HttpResponse:
    """Show one of them: how to reach them safely first, then everything done for them."""
    viewer = viewer_of(request, page="victim")
    found = selectors.victim(viewer, reference, party)
    return show(request, "victims/victim.jinja", page=victim_shown(found, viewer))


def record(request: HttpRequest, reference: str, party: UUID, kind: str) -> HttpResponse:
    """Ask what an entry of a kind needs, and record it."""
    chosen = ENTRY_KINDS.get(kind)
    match = request.resolver_match
    verb = "victim:contact" if match and match.url_name == "contact" else "victim:record"
    if chosen is None or chosen.verb != verb:
        raise NotFoundError("There is no such form.")
    viewer = viewer_of(request, page="record of a victim")
    found = selectors.party_within(viewer, verb, reference, party)
    if request.method == "POST":
        form = EntryForm(chosen, request.POST)
        if form.is_valid():
            given = form.cleaned_data
            new = NewEntry(
                kind, given["on_day"], given.get("what", ""), given.get("state", ""),
                given.get("channel", ""), form.words,
            )  # fmt: skip
            try:
                record_entry(viewer=viewer, reference=reference, party=party, new=new)
            except DataRejectedError as problem:
                form.add_error(None, problem.message)
            else:
                return HttpResponseRedirect(reverse("victims:victim", args=[reference, party]))
    else:
        form = EntryForm(chosen, initial={"on_day": uk_date(today())})
    return show(
        request, "victims/record.jinja", form=form, kind=chosen, known_as=known_as(found),
        reference=found.case_reference, party=party, status=422 if form.errors else 200,
    )  # fmt: skip


def who(request: HttpRequest, reference: str, party: UUID) -> HttpResponseBase:
    """Ask why, and show once who somebody is: the answer to a form that was sent, and no address."""
    viewer = viewer_of(request, page="who a victim is")
    found = selectors.party_within(viewer, "victim:list", reference, party)
    shown = None
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            opened = selectors.identity_of(
                viewer.because(form.cleaned_data["reason"]), reference, party
            )
        except FreshSignInNeededError:
            return fresh_sign_in(request)
        shown = who_shown(opened, selectors.victim(viewer, reference, party))
    answer = show(
        request, "victims/who.jinja", form=form, page=shown, known_as=known_as(found),
        reference=found.case_reference, party=party, status=422 if form.errors else 200,
    )  # fmt: skip
    answer["Cache-Control"] = "no-store"
    return answer
