"""Batches of facts taken in from files."""

from django.http import HttpRequest, HttpResponse

from onrecord.web.frame import show


def all_imports(request: HttpRequest) -> HttpResponse:
    """List them, newest first."""
    return show(request, "imports/list.jinja")
