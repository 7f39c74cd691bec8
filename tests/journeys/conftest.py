"""A signed-in browser on an invented world, and what every page must be."""

import pytest
from tests.journeys.desk import Desk


@pytest.fixture
def desk(site, page):
    """A review desk: a live server with the invented officer, and somebody at it."""
    return Desk(site.url, page)


@pytest.fixture(scope="session")
def base_url():
    """No address of its own: each test has a server, and the plug-in's fixture warns."""
    return
