"""Passwords that lean on names which everybody at a place knows."""

import pytest
from tests.stores import acting

from onrecord.apps.access.context_words import ALWAYS, MoreThanNames, words
from onrecord.apps.access.models import User
from onrecord.apps.access.roles import Role
from onrecord.apps.access.services import create_user
from onrecord.apps.organisations.models import Organisation
from onrecord.core.kernel.errors import DataRejectedError
from onrecord.core.ledger.actors import LOCAL_OPERATOR
from onrecord.project.signing_in import context_words
from whole.tree import ROOT


@pytest.fixture
def place(store, settings):
    """Return nothing: a force, a town and a service have names."""
    settings.CONTEXT_WORDS = context_words("Marlow Vale, Case Desk")
    with acting():
        Organisation.objects.get_or_create(code="NWC", defaults={"name": "Northwich Constabulary"})


def made(password):
    return create_user(
        actor=LOCAL_OPERATOR, reason="a test", username="b.hazel", display_name="B. Hazel",
        organisation_code="NSP", role=Role.ANALYST, password=password,
    )  # fmt: skip


@pytest.mark.parametrize(
    "password",
    ["marlowvale-casedesk", "0nRec0rd-N0rthwich!", "Constabulary2026!!", "nwc-onrecord-2026"],
)
def test_a_password_of_names_is_refused(place, password):
    with pytest.raises(DataRejectedError) as refused:
        made(password)
    assert "leans on names that everybody here knows" in refused.value.next_step
    assert not User.objects.exists()


def test_a_name_within_a_long_password_does_no_harm(place):
    assert made("the marlow heron eats at six").check_password("the marlow heron eats at six")


def test_the_documented_words_are_those_in_use(place):
    assert {"marlow", "marlow vale", "case desk", "northwich", "nwc", "onrecord"} <= {
        word.replace("0", "o") for word in words()
    }
    page = (ROOT / "docs/security/signing-in.md").read_text()
    assert ", ".join(ALWAYS) in page
    assert "ONRECORD_CONTEXT_WORDS" in page
    assert "do not count towards the 12 characters" in MoreThanNames().get_help_text()
