"""R7: every page that shows somebody's data records the look, whoever looks and whatever they open."""

import csv

import pytest
from django.db import connection
from django.test.utils import override_settings

from onrecord.cli.proving import people, trying, visiting
from onrecord.cli.proving.quiet import quietly
from onrecord.cli.proving.world import write_open_world
from onrecord.core.kernel.ids import public_reference
from onrecord.web.addresses import verbs_by_address, without_personal_data
from whole.tree import ROOT

ENOUGH = 25
"""Of how many addresses a page is opened here, at least; more come with every part."""


def looks():
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from ledger.consultation")
        return cursor.fetchone()[0]


@pytest.fixture
def world(store, settings, tmp_path):
    from onrecord.project.home import Home

    settings.HOME = Home(tmp_path / "home").prepare()
    with quietly(), override_settings(ALLOWED_HOSTS=["*"]):
        yield write_open_world()


def opened(route, names, clients, references):
    """Open the first page of this route that anybody reaches; return how many looks it left."""
    for client in clients:
        for reference in references if names else [""]:
            before = looks()
            if client.get(trying.address_of(route, names, reference)).status_code == 200:
                return looks() - before
    return None


def test_every_page_that_can_be_opened_records_the_look(world):
    clients = [people.signed_in(role) for role in (*trying.ALL_REACHING, "administrator")]
    things = (("C", world.cases), ("P", world.people), ("I", world.incidents), ("T", world.tasks))
    references = [public_reference(letter, many[0]) for letter, many in things]
    names = visiting.patterns_by_route()
    routes = sorted({row.route for row in visiting.table_of_addresses()
                     if row.method == "GET" and row.verb != "open"})  # fmt: skip
    found = {route: opened(route, names[route], clients, references) for route in routes}

    untold = [route for route, count in found.items()
              if count == 0 and route not in without_personal_data()]  # fmt: skip
    assert untold == []
    assert sum(count is not None for count in found.values()) >= ENOUGH


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
