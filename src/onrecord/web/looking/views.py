"""Ask why somebody is looking, and bring them back to where they were going."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from onrecord.web.frame import show
from onrecord.web.looking.forms import THIS, ReasonForm
from onrecord.web.reasons import is_about_something, keep_for, keep_for_now


def reason(request: HttpRequest) -> HttpResponse:
    """Ask, and remember the answer for what was to be opened, or for the task at hand."""
    onward = _next(request)
    if request.method != "POST":
        return _asked(request, ReasonForm(initial={"holds": THIS}), onward)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _asked(request, form, onward, status=422)
    said = form.cleaned_data["reason"]
    if form.cleaned_data["holds"] == THIS and is_about_something(onward):
        keep_for(request, onward, said)
    else:
        keep_for_now(request.session, said)
    return HttpResponseRedirect(onward)


def _asked(
    request: HttpRequest, form: ReasonForm, onward: str, *, status: int = 200
) -> HttpResponse:
    return show(
        request, "looking/reason.jinja", form=form, next=onward, status=status,
        has_choice=is_about_something(onward),
    )  # fmt: skip


def _next(request: HttpRequest) -> str:
    """Return the page to go on to: one of ours, or home."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if ours else reverse("home:start")
