"""What stands around every page, and the one way in which a page is sent."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from onrecord.apps.access.policies import may
from onrecord.core.kernel.viewers import Viewer
from onrecord.web.addresses import verbs_by_address
from onrecord.web.reasons import reason_of
from onrecord.web.viewing import hides_names, viewer_of

PLACES = (
    ("Home", "home:start"),
    ("Today", "today:meeting"),
    ("My work", "work:list"),
    ("Search", "search:search"),
    ("Who is who", "identity:desk"),
    ("Documents", "documents:list"),
    ("Cohorts", "cohorts:list"),
    ("Patterns", "patterns:rules"),
    ("Imports", "imports:list"),
    ("Exports", "exports:list"),
    ("Victims", "victims:list"),
    ("Conflicts", "conflicts:mine"),
    ("Seals", "seals:list"),
    ("Looks", "looks:list"),
    ("Administration", "administration:start"),
)
"""The menu. Each account sees of it what its roles reach (`addresses.csv`)."""


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the menu."""

    label: str
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """Header and handling strip, as one request sees them."""

    places: tuple[Place, ...]
    signed_in_as: str
    acting_for: tuple[str, ...]
    reason: str
    here: str
    hides_names: bool
    help: str
    takes_password_alone: bool


def frame_of(request: HttpRequest) -> Frame:
    """Return what stands around the page that answers `request`."""
    user = getattr(request, "user", None)
    name = user.display_name if user is not None and user.is_authenticated else ""
    viewer = viewer_of(request, page="menu") if name else None
    section = request.resolver_match.app_name if request.resolver_match else ""
    return Frame(
        places=_places(viewer, section) if viewer else (),
        signed_in_as=name,
        acting_for=tuple(each.name for each in viewer.lent) if viewer else (),
        reason=reason_of(request) if name else "",
        here=request.get_full_path() if request.method == "GET" else reverse("home:start"),
        hides_names=hides_names(),
        help=_help(request) if name else "",
        takes_password_alone=frozenset() == settings.SECOND_FACTOR,
    )


def _help(request: HttpRequest) -> str:
    """Return where the help of this page stands; the list of it where no page was found."""
    match = request.resolver_match
    return reverse("help:page", args=[match.view_name]) if match else reverse("help:list")


def _places(viewer: Viewer, section: str) -> tuple[Place, ...]:
    verbs = verbs_by_address()
    return tuple(
        _place(label, route, section) for label, route in PLACES if may(viewer, verbs[route, "GET"])
    )


def _place(label: str, route: str, section: str) -> Place:
    return Place(label, reverse(route), is_current=route.startswith(f"{section}:"))


def show(request: HttpRequest, template: str, *, status: int = 200, **values: Any) -> HttpResponse:
    """Send `template` with `values`, inside the frame."""
    return render(request, template, {"frame": frame_of(request), **values}, status=status)
