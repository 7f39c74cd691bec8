"""Errors: one look, and no difference between what is not there and what may not be seen."""

import re

import pytest
from tests.pages.reading import reference_of, words_of
from tests.worlds.screens import rowan

NOBODY = "P-00000-00000-0"


def body(response):
    """Return the page without what differs from one request to the next."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", response.content.decode())
    text = re.sub(r'href="/help/pages/[^"]*"', "", text)  # the help of the page that was asked for
    return re.sub(r"next=[^\"]*", "", text)


def test_for_a_role_without_reach_there_and_not_there_are_one_page(store, administrator):
    officer = rowan()
    pages = [
        administrator.get(f"/people/{reference_of(officer['own'])}"),
        administrator.get(f"/people/{NOBODY}"),
        administrator.get("/people/anything"),
        administrator.get(f"/cases/{NOBODY}"),
    ]

    assert {page.status_code for page in pages} == {403}
    assert len({body(page) for page in pages}) == 1
    assert "You may not do this" in words_of(pages[0])
    assert administrator.get("/no/such/address").status_code == 404


def test_somebody_unknown_is_not_found_for_a_reviewer_either(reviewer):
    assert reviewer.get(f"/people/{NOBODY}").status_code == 404


def test_an_unknown_holder_is_not_found(store, reviewer):
    officer = rowan()
    response = reviewer.get(f"/people/{reference_of(officer['own'])}", {"to": "NOPE:NONE"})

    assert response.status_code == 404


def test_an_unexpected_error_says_so_and_nothing_else(store, reviewer, monkeypatch):
    from onrecord.web.home import views

    def fail(*_args, **_kwargs):
        raise RuntimeError("a secret detail")

    monkeypatch.setattr(views, "recent_acts", fail)
    reviewer.raise_request_exception = False
    response = reviewer.get("/")

    assert response.status_code == 500
    assert "Something went wrong" in words_of(response)
    assert "secret" not in response.content.decode()


def test_a_stale_form_is_explained(store, reviewer):
    from django.test import Client

    checking = Client(enforce_csrf_checks=True)
    checking.cookies = reviewer.cookies
    response = checking.post("/search", {"text": "Adair"})

    assert response.status_code == 403
    assert "This form has gone out of date" in words_of(response)


@pytest.mark.parametrize(
    "path", ["/", "/search", "/cohorts/", "/imports/", f"/people/{NOBODY}", "/looking"]
)
def test_every_page_asks_who_it_is_first(store, client, path):
    response = client.get(path)

    assert response.status_code == 302
    assert response["Location"].startswith("/account/sign-in")


def test_pages_are_not_kept_by_browsers_and_run_no_script_of_others(reviewer):
    response = reviewer.get("/")

    assert response["Cache-Control"] == "no-store"
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert not re.search(
        r"<[^>]+\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=", response.content.decode()
    )


@pytest.mark.parametrize(
    "next_page", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"]
)
def test_saying_why_never_leads_elsewhere(reviewer, next_page):
    response = reviewer.post("/looking", {"reason": "x", "next": next_page})

    assert response["Location"] == "/"


def test_too_many_attempts_wait_a_while_and_need_nobody_signed_in(store, client):
    from tests.journeys.desk import account

    account()
    for _ in range(6):
        last = client.post("/account/sign-in", {"username": "a.reviewer", "password": "wrong"})

    assert last.status_code == 429
    assert "Too many attempts" in words_of(last)
    assert "Wait 1 minute," in words_of(last)
