"""Why somebody is looking: asked when the work itself does not say, remembered for the task.

A reason belongs to what is looked at: a case, a person, a search. It goes along to what is
opened from there, since that is the same task. Somebody who goes through many cases for
one task says so once, and it holds for two hours.
"""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, ResolverMatch, resolve

from onrecord.apps.work.selectors import task_at_hand
from onrecord.core.cohorts.references import lineages_of
from onrecord.core.kernel.clock import now
from onrecord.core.kernel.ids import is_public_reference

_THINGS, _FOR_NOW = "reasons", "reason-for-now"
A_TASK = timedelta(hours=2)
A_DAY = timedelta(hours=12)
KEPT = 60
"""How many things' reasons one sign-in remembers; the oldest are asked for again."""


def reason_of(request: HttpRequest) -> str:
    """Return why the signed-in person is looking at what they ask for; empty if it must be asked."""
    if request.resolver_match is None:
        return ""
    topic = topic_of(request.resolver_match)
    if said := _kept(request.session, topic) or _for_now(request.session):
        return said
    if found := _carried(request) or _evident(request, topic):
        _keep(request.session, topic, found)
    return found


def keep_for(request: HttpRequest, path: str, reason: str) -> None:
    """Remember a reason for what stands at `path`."""
    if topic := topic_at(path):
        _keep(request.session, topic, reason)


def keep_for_now(session: Any, reason: str) -> None:
    """Remember one reason for everything that is opened in the next two hours."""
    session[_FOR_NOW] = [reason, now().timestamp()]
    session[_THINGS] = {}


def topic_at(path: str) -> str:
    """Return what the page at `path` is about: a reference, else the part of the product it is in."""
    try:
        return topic_of(resolve(urlsplit(path).path))
    except Resolver404:
        return ""


def is_about_something(path: str) -> bool:
    """Tell whether the page at `path` is about one case, person or incident."""
    return is_public_reference(topic_at(path))


def topic_of(match: ResolverMatch) -> str:
    """Return what an address is about: a reference, else the part of the product it is in."""
    named = str(match.kwargs.get("reference", ""))
    return named.upper() if is_public_reference(named) else match.app_name


def _kept(session: Any, topic: str) -> str:
    said, at = session.get(_THINGS, {}).get(topic, ("", 0.0))
    return str(said) if _is_within(at, A_DAY) else ""


def _for_now(session: Any) -> str:
    said, at = session.get(_FOR_NOW, ("", 0.0))
    return str(said) if _is_within(at, A_TASK) else ""


def _is_within(at: float, length: timedelta) -> bool:
    return now().timestamp() - float(at) <= length.total_seconds()


def _keep(session: Any, topic: str, reason: str) -> None:
    kept = {**session.get(_THINGS, {}), topic: [reason, now().timestamp()]}
    session[_THINGS] = dict(sorted(kept.items(), key=lambda item: item[1][1])[-KEPT:])


def _carried(request: HttpRequest) -> str:
    """Return the reason for the page of ours from which this one was opened."""
    sent_from = urlsplit(request.headers.get("referer", ""))
    if sent_from.netloc != request.get_host():
        return ""
    return _kept(request.session, topic_at(sent_from.path))


def _evident(request: HttpRequest, topic: str) -> str:
    """Return what the person's own open work says of why they look."""
    bounds = lineages_of(topic)
    if bounds is None or not request.user.is_authenticated:
        return ""
    return task_at_hand(request.user.get_username(), bounds.first, bounds.last)
