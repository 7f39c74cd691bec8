"""R7: every page that shows somebody's data records the look, whoever looks and whatever they open."""

import csv

import pytest
from django.db import connection
from django.test.utils import override_settings
from django.urls import reverse

from onrecord.cli.proving import people, trying, visiting
from onrecord.cli.proving.kinds import kinds_of_routes
from onrecord.cli.proving.quiet import quietly
from onrecord.cli.proving.things import make_things
from onrecord.cli.proving.world import write_open_world, write_sealed_world
from onrecord.core.kernel.ids import public_reference
from onrecord.project.home import Home
from onrecord.web.addresses import verbs_by_address, without_personal_data
from whole.tree import ROOT

ALL_REACHING = (
    "review_lead", "appropriate_authority", "head_of_counter_corruption", "victim_contact",
    "administrator",
)  # fmt: skip
"""Roles that between them reach a thing of every kind."""

SENDS_ON = {"conflicts:find"}
"""Shows nothing itself: sends on to the page of the case that was typed."""


def looks():
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from ledger.consultation")
        return cursor.fetchone()[0]


@pytest.fixture
def world(store, settings, tmp_path):
    settings.HOME = Home(tmp_path / "home").prepare()
    with quietly(), override_settings(ALLOWED_HOSTS=["*"]):
        yield write_open_world()


def opened(route, parts, kind, things, clients):
    """Open the first page of this route that anybody reaches; return how many looks it left."""
    for role, client in clients.items():
        for situation in kind.situations:
            address = reverse(route, kwargs=things.values(kind, situation, role, parts))
            before = looks()
            if client.get(address).status_code == 200:
                return looks() - before
    return None


def test_every_page_that_can_be_opened_records_the_look(world):
    things = make_things(world, write_sealed_world(world))
    clients = {role: people.signed_in(role) for role in ALL_REACHING}
    parts = trying.routes_tried()
    kinds = kinds_of_routes(parts)
    routes = sorted({row.route for row in visiting.table_of_addresses()
                     if row.method == "GET" and row.verb != "open" and row.route in parts})  # fmt: skip
    found = {route: opened(route, parts[route], kinds[route], things, clients) for route in routes}

    untold = [route for route, count in found.items()
              if count == 0 and route not in without_personal_data()]  # fmt: skip
    assert untold == []
    assert {route for route, count in found.items() if count is None} == SENDS_ON


def test_the_list_of_pages_without_personal_data_names_addresses_and_says_why():
    text = (ROOT / "src/onrecord/web/no_personal_data.csv").read_text()
    rows = list(csv.DictReader(text.splitlines()))
    live = {route for route, _ in verbs_by_address()}
    assert [row["route"] for row in rows] == sorted(row["route"] for row in rows)
    assert {row["route"] for row in rows} <= live
    assert all(row["why"].strip() for row in rows)


def test_a_refusal_is_recorded_too(world):
    client = people.signed_in("administrator")
    for path in ("/search", f"/cases/{public_reference('C', world.cases[0])}", "/seals/"):
        before = looks()
        assert client.get(path).status_code == 403
        assert looks() == before + 1, path
