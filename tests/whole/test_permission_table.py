"""One table says who may do what; every address, act and look is in it, and no verb is idle."""

import ast

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from onrecord.apps.access.roles import Role
from onrecord.core.permissions.grammar import is_verb
from onrecord.core.permissions.table import Reach, permissions, reach, roles
from onrecord.web.addresses import OPEN, verbs_by_address
from whole.tree import ROOT, name, text, tracked

SOURCES = [p for p in tracked() if p.suffix == ".py" and ROOT / "src" in p.parents]
RECORDERS = {"recording", "record_consultation", "within_an_act", "_writing", "_record"}
"""What takes a verb as its first or second argument."""


def routes(resolver=None, before=""):
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            space = f"{before}{each.namespace}:" if each.namespace else before
            yield from routes(each, space)
        elif isinstance(each, URLPattern):
            yield f"{before}{each.name}", str(each.pattern)


def test_every_address_is_in_the_table_and_every_row_is_an_address():
    live = {route for route, pattern in routes() if not route.startswith(("api-", "api:"))}
    told = {route for route, _ in verbs_by_address()}
    assert live - told == set(), "put these into web/addresses.csv"
    assert told - live == set(), "these are in web/addresses.csv and are no address"


def test_the_table_has_a_column_for_every_role_and_no_other():
    assert set(roles()) == {role.value for role in Role}


def test_no_row_of_the_table_is_open_to_nobody():
    for verb, row in permissions().items():
        assert set(row.reaches.values()) != {Reach.NONE}, verb


def test_what_is_not_in_the_table_is_permitted_to_nobody():
    with pytest.raises(KeyError):
        reach("case:burn", ["administrator"])


def recorded_verbs(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = (
                node.func.attr
                if isinstance(node.func, ast.Attribute)
                else getattr(node.func, "id", "")
            )
            if called in RECORDERS:
                for argument in node.args[:2]:
                    if (
                        isinstance(argument, ast.Constant)
                        and isinstance(argument.value, str)
                        and is_verb(argument.value)
                    ):
                        yield argument.value


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_every_act_and_look_is_written_down_under_a_verb_of_the_table(path):
    assert set(recorded_verbs(ast.parse(text(path)))) - set(permissions()) == set()


def test_open_addresses_are_few():
    assert {route for (route, _), verb in verbs_by_address().items() if verb == OPEN} <= {
        "accounts:sign-in",
        "accounts:openid-back", "accounts:openid-there", "accounts:second-step", "health-live", "health-ready",
    }  # fmt: skip
