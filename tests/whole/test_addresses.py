"""Every address asks who is there, except a short list that is written down here."""

import uuid
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter, UUIDConverter

OPEN = {
    "health/live",  # whatever watches the service has no account
    "health/ready",
    "account/sign-in",
    "account/second-step",  # where one signs in
    "account/openid/there",
    "account/openid/back",
}


def addresses(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Return every address under `resolver` with made-up values in its places."""
    for each in resolver.url_patterns:
        path = before + _filled(each)
        if isinstance(each, URLResolver):
            yield from addresses(each, path)
        else:
            yield path, each


def _filled(each: URLPattern | URLResolver) -> str:
    route = str(each.pattern)
    for place, converter in each.pattern.converters.items():
        value = 1 if isinstance(converter, IntConverter) else "x"
        value = uuid.UUID(int=1) if isinstance(converter, UUIDConverter) else value
        for kind in ("str", "int", "slug", "uuid", "path"):
            route = route.replace(f"<{kind}:{place}>", str(value))
        route = route.replace(f"<{place}>", str(value))
    assert "<" not in route, f"{route}: say here what may stand in that place"
    return route


@pytest.fixture
def everywhere():
    return dict(addresses(get_resolver()))


def test_only_the_listed_addresses_are_open(everywhere):
    opened = {
        path
        for path, each in everywhere.items()
        if not getattr(each.callback, "login_required", True)
    }
    assert opened == OPEN


def test_nobody_gets_further_than_the_sign_in_page(store, client, everywhere):
    closed = [path for path in everywhere if path not in OPEN]
    assert len(closed) > len(OPEN)
    for path in closed:
        for answer in (client.get(f"/{path}"), client.post(f"/{path}")):
            if path.startswith("api/"):  # a program is told, not led to a page
                assert answer.status_code in {401, 404, 405}, path
                continue
            assert (path, answer.status_code) == (path, 302)
            assert answer["Location"].startswith("/account/sign-in")


def test_an_address_that_does_not_exist_tells_nothing(store, client):
    assert client.get("/no/such/page").status_code == 404
