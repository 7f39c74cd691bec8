"""Cohorts of cases to review."""

from django.http import HttpRequest, HttpResponse

from onrecord.web.frame import show


def all_cohorts(request: HttpRequest) -> HttpResponse:
    """List them, newest first."""
    return show(request, "cohorts/list.jinja")
