"""The first page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def start(request: HttpRequest) -> HttpResponse:
    """Show who is signed in."""
    return render(request, "home/start.jinja")
