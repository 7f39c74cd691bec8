"""Ask why somebody is looking, and bring them back to where they were going."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from onrecord.web.frame import show
from onrecord.web.looking.forms import ReasonForm
from onrecord.web.viewing import REASON_KEY, reason_of


def reason(request: HttpRequest) -> HttpResponse:
    """Ask, remember the answer for the rest of this sign-in or until it is changed."""
    if request.method != "POST":
        form = ReasonForm(initial={"reason": reason_of(request)})
        return show(request, "looking/reason.jinja", form=form, next=_next(request))
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return show(request, "looking/reason.jinja", form=form, next=_next(request), status=422)
    request.session[REASON_KEY] = form.cleaned_data["reason"]
    return HttpResponseRedirect(_next(request))


def _next(request: HttpRequest) -> str:
    """Return the page to go on to: one of ours, or home."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if ours else reverse("home:start")
