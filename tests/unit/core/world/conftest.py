"""One small world, written once, for every test that only reads it."""

import pytest

from onrecord.core.world.generating import generate


@pytest.fixture(scope="session")
def world(tmp_path_factory):
    """The small world of the default seed, on disk."""
    return generate("small", 1, tmp_path_factory.mktemp("world"))
