"""A signed-in client on an invented world: pages are read as HTML, without a browser."""

import pytest
from tests.journeys.desk import PASSWORD, REASON, account


@pytest.fixture
def reviewer(store, client):
    """A signed-in reviewer who has said why."""
    account()
    return signed_in(client)


@pytest.fixture
def authority(store, client):
    """A signed-in appropriate authority who has said why."""
    account("an.authority", role="appropriate_authority")
    return signed_in(client, "an.authority")


@pytest.fixture
def administrator(store, client):
    """Somebody who runs the system and may look at nobody."""
    account("an.admin", role="administrator")
    return signed_in(client, "an.admin")


def signed_in(client, name="a.reviewer"):
    """Sign in and say why, as a person does."""
    client.post("/account/sign-in", {"username": name, "password": PASSWORD})
    client.post("/looking", {"reason": REASON, "next": "/"})
    return client


@pytest.fixture
def home(store, settings, tmp_path):
    """The pages look for snapshots, cohorts and rejects where the test keeps them."""
    from onrecord.project.home import Home

    settings.HOME = Home(tmp_path / "home").prepare()
    return settings.HOME
