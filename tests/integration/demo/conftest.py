"""The demonstration on a store of its own, as a stranger would start it.

Importing a world takes seconds, so tests that only read share one store.
"""

import json

import pytest
from click.testing import CliRunner


def _run(*words):
    """Run a verb on the store in use; return what it printed as JSON."""
    from onrecord.cli.command import onrecord

    done = CliRunner().invoke(onrecord, [*words, "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def demonstrated(request, django_test_environment, django_db_blocker):
    """A store, only to be read, on which the small world is; and what the verb said."""
    from onrecord.cli.session import using
    from stores import django_at

    with django_db_blocker.unblock():
        cluster = request.getfixturevalue("cluster")
        with cluster.copy() as opened, django_at(opened), using(opened):
            yield opened, _run("demo", "--scale", "small", "--no-serve")


@pytest.fixture
def run():
    """A way to run verbs on the store in use."""
    return _run
