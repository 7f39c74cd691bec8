"""Looks: alerts and their answers, who looked at something, and one's own."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from onrecord.apps.looking import selectors, services
from onrecord.web.frame import show
from onrecord.web.looks.forms import AnswerForm, SaidForm, WhoForm
from onrecord.web.looks.presenters import (
    alert_shown,
    alerts_shown,
    asked_shown,
    looks_shown,
    question_shown,
)
from onrecord.web.viewing import viewer_of, viewer_with_reason


def listed(request: HttpRequest) -> HttpResponse:
    """Show the alerts that wait for this officer, then those that were answered."""
    viewer = viewer_of(request, page="alerts about looking")
    return show(request, "looks/list.jinja", table=alerts_shown(selectors.alerts(viewer)))


def alert(request: HttpRequest, number: int) -> HttpResponse:
    """Show one alert with the looks it rests on, and take an answer."""
    viewer = viewer_of(request, page="alert about looking")
    found = selectors.alert(viewer, number)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.answer_alert(viewer=viewer, number=number, **form.cleaned_data)
        return HttpResponseRedirect(reverse("looks:list"))
    return show(
        request, "looks/alert.jinja", form=form, status=422 if form.errors else 200,
        page=alert_shown(found, selectors.looks_behind(viewer, found)),
    )  # fmt: skip


def who(request: HttpRequest) -> HttpResponse:
    """Ask whom or what it is about."""
    viewer_of(request, page="who looked")
    form = WhoForm(request.GET if "reference" in request.GET else None)
    if form.is_bound and form.is_valid():
        return HttpResponseRedirect(
            reverse("looks:thing", args=[form.cleaned_data["reference"].strip().upper()])
        )
    return show(request, "looks/who.jinja", form=form, status=422 if form.errors else 200)


def thing(request: HttpRequest, reference: str) -> HttpResponse:
    """Show who looked at a person, case or incident."""
    viewer = viewer_with_reason(request, page="who looked")
    found = selectors.who_looked(viewer, reference)
    return show(
        request, "looks/thing.jinja", reference=reference,
        table=looks_shown(found, "Who looked, newest first", "Nobody has looked."),
    )  # fmt: skip


def mine(request: HttpRequest) -> HttpResponse:
    """Show what one looked at oneself."""
    viewer = viewer_of(request, page="my looks")
    found = selectors.own_looks(viewer)
    return show(
        request, "looks/mine.jinja", asked=asked_shown(selectors.asked_of(viewer)),
        table=looks_shown(found, "What you looked at, newest first", "You have looked at nothing."),
    )  # fmt: skip


def said(request: HttpRequest, number: int) -> HttpResponse:
    """Show what one was asked about, and take the answer."""
    viewer = viewer_of(request, page="asked how a look came about")
    found = selectors.asked_about(viewer, number)
    form = SaidForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.say_how_it_was(viewer=viewer, number=number, words=form.cleaned_data["words"])
        return HttpResponseRedirect(reverse("looks:said", args=[number]))
    return show(
        request, "looks/said.jinja", form=form, status=422 if form.errors else 200,
        page=question_shown(found, selectors.looks_asked_about(viewer, number)),
    )  # fmt: skip
