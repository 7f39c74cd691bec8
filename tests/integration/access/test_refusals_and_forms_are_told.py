"""Every address tells who asked, for what, by which verb and why; refusals and forms sent back as well."""

import re
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.urls import get_resolver, reverse
from tests.integration.work.desk import asked, viewer
from tests.journeys.desk import REASON, account
from tests.pages.conftest import signed_in
from tests.worlds.screens import rowan

from onrecord.core.kernel.ids import public_reference
from onrecord.core.permissions.table import Reach, permissions
from onrecord.web.addresses import OPEN, verbs_by_address, without_personal_data

pytestmark = pytest.mark.usefixtures("home")

PAGES = {
    route: verb for (route, method), verb in verbs_by_address().items()
    if method == "GET" and verb != OPEN
}  # fmt: skip
SHOWS = {
    "cases:case", "people:person", "incidents:incident", "search:search", "work:task",
    "work:list", "work:case-notes", "work:case-tasks", "work:policy-file", "work:letters",
    "conflicts:case", "conflicts:mine", "disclosing:packs", "documents:list",
    "today:meeting", "seals:list",
}  # fmt: skip
"""Of these there must be a page to see: refusals alone would prove little."""


@pytest.fixture
def home(store, settings, tmp_path):
    from onrecord.project.home import Home

    settings.HOME = Home(tmp_path / "home").prepare()
    return settings.HOME


@pytest.fixture
def desks(store):
    """Return a signed-in client for a role; made once each."""
    made = {}

    def desk(role):
        if role not in made:
            account(f"the.{role.replace('_', '.')}", role=role)
            made[role] = signed_in(Client(), f"the.{role.replace('_', '.')}")
        return made[role]

    return desk


def test_every_address_records_what_it_showed_or_refused(desks):
    world, shown, silent = rowan(), set(), []
    desks("review_lead")
    task = asked(viewer("the.review.lead"))
    for route, verb in PAGES.items():
        for reference in references_for(route, world, task):
            path = address(route, reference)
            desk = desks(who_may(verb))
            before = newest()
            answer = desk.get(path)
            looks = since(before)
            if route in without_personal_data():
                continue
            if answer.status_code == 200:
                shown.add(route)
            told = [one for one in looks if one[4] == (answer.status_code != 200)]
            if answer.status_code in {200, 403, 404} and not told:
                silent.append((route, answer.status_code, looks))
            for actor, action, kind, ref, refused, reason, page in looks:
                assert actor.startswith("the."), route
                assert action in permissions(), route
                assert all((kind, ref, reason, page)), (route, action, reason, refused)
    assert silent == []
    assert shown >= SHOWS


def test_a_role_that_may_not_is_refused_at_every_address_and_that_is_recorded(desks):
    for route, verb in PAGES.items():
        role = who_may_not(verb)
        if role is None:
            continue
        desk, before = desks(role), newest()
        assert desk.get(address(route, "C-00000-00000-0")).status_code == 403, route
        ((_, action, _, ref, refused, _, _),) = since(before)
        assert (action, ref, refused) == (verb, route, True)


def test_what_was_typed_in_place_of_a_reference_is_not_kept(desks):
    desk, before = desks("review_lead"), newest()
    desk.get("/cases/Rowan%20Adair")
    desk.get("/work/tasks/Rowan%20Adair")
    looks = since(before)
    assert len(looks) >= 2
    assert not any("adair" in str(one).lower() for one in looks)


def test_a_page_that_forgot_is_noticed_and_one_that_did_not_is_told_once(desks):
    world, desk = rowan(), desks("review_lead")
    before = newest()
    desk.get(address("cases:case", public_reference("C", world["report"])))
    assert len(since(before)) == 1
    before = newest()
    desk.get("/work/raise")
    ((_, action, kind, ref, _, reason, page),) = since(before)
    assert (action, kind, ref, page) == ("task:raise", "page", "work:raise", "work:raise")
    assert reason == REASON


def who_may(verb):
    reaches = permissions()[verb].reaches
    widest = [Reach.ALL, Reach.TEAM, Reach.CIRCLE, Reach.OWN]
    usable = {role: at for role, at in reaches.items() if role != "local_operator"}
    return min(
        (role for role in usable if usable[role] is not Reach.NONE),
        key=lambda role: (widest.index(usable[role]), role != "review_lead"),
    )


def who_may_not(verb):
    reaches = permissions()[verb].reaches
    return next(
        (r for r, at in reaches.items() if at is Reach.NONE and r != "local_operator"), None
    )


def references_for(route, world, task):
    case = public_reference("C", world["report"])
    given = {
        "people:person": [person_reference()],
        "incidents:incident": [incident_of(world["report"])],
        "work:task": [task.reference],
    }
    return [*given.get(route, [case]), "C-00000-00000-0"]


def person_reference():
    with connection.cursor() as cursor:
        cursor.execute("select reference from projection.person order by reference limit 1")
        return cursor.fetchone()[0]


def incident_of(case):
    return public_reference("I", case)


def address(route, reference):
    usual = {"int": 1, "uuid": uuid.UUID(int=1), "slug": "x"}
    values = {
        place: usual.get(kind, reference if place in {"reference", "letter"} else "x")
        for place, kind in dict(walked(get_resolver()))[route].items()
    }
    return reverse(route, kwargs=values) + ("?q=Adair" if route == "search:search" else "")


def walked(resolver, spaces=(), places=()):
    for each in resolver.url_patterns:
        named = re.findall(r"<(?:(\w+):)?(\w+)>", str(each.pattern))
        here = (*places, *((place, kind or "str") for kind, place in named))
        if hasattr(each, "url_patterns"):
            space = (*spaces, each.app_name) if each.app_name else spaces
            yield from walked(each, space, here)
        elif each.name:
            yield ":".join((*spaces, each.name)), dict(here)


def newest():
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(max(consultation_id), 0) from ledger.consultation")
        return cursor.fetchone()[0]


def since(number):
    with connection.cursor() as cursor:
        cursor.execute(
            "select actor, action, object_kind, object_ref, was_refused, reason, page"
            " from ledger.consultation where consultation_id > %s order by 1", [number]
        )  # fmt: skip
        return cursor.fetchall()
