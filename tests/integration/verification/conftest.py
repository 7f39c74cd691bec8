import pytest

from worlds.tampering import populated


@pytest.fixture
def world(store):
    """A store with ordinary, sealed and compartmented facts and some looks."""
    return populated()
