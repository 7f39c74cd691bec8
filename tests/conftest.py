"""Fixtures every test may use, and the rules every run is held to.

`store`    a fresh database, committed writes, the real roles; dropped afterwards
`db`       pytest-django's: one shared copy, each test rolled back (alias `default` only)
`site`     a live server on `store`, for a browser
`page`     pytest-playwright's, in the Chromium of this machine
"""

import os
import shutil

for _name in [name for name in os.environ if name.startswith("ONRECORD_")]:
    # A test must never find the home or the server of the person running it.
    if _name not in {"ONRECORD_PG_BIN", "ONRECORD_DATA"}:
        del os.environ[_name]
os.environ["ONRECORD_HOME"] = "/nonexistent/a-test-must-not-open-a-home"
# One test asks for more in a second than anybody reads in a minute; those about the pace set it.
os.environ["ONRECORD_LOOKS_A_MINUTE"] = str(10**9)
# Playwright keeps an event loop running in the main thread.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

import pytest
from django.db.models import query as querying
from django.db.models.fetch_modes import FETCH_RAISE
from hypothesis import settings as hypothesis_settings

# Reading a field that was not asked for is a hidden query; here it is an error.
querying.DEFAULT_FETCH_MODE = FETCH_RAISE

hypothesis_settings.register_profile("onrecord", deadline=None, print_blob=True)
hypothesis_settings.load_profile("onrecord")

_KINDS = ("unit", "law", "integration", "pages", "journeys", "whole")
_DATABASE_FIXTURES = {"store", "db", "transactional_db", "cluster", "site", "live_server"}
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_BROWSER_FIXTURES = {"page", "context", "browser", "new_context"}
_ALLOWED_SKIP = "shared data absent:"


@pytest.fixture(scope="session")
def cluster():
    """The run's PostgreSQL; started by the first test that needs it."""
    from stores import running_cluster

    with running_cluster() as running:
        yield running


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, request, django_db_blocker):
    """Give pytest-django a copy of the template instead of a database it makes."""
    from stores import django_at

    with django_db_blocker.unblock():
        cluster = request.getfixturevalue("cluster")
        with cluster.copy() as shared, django_at(shared):
            yield


@pytest.fixture
def store(request, django_test_environment, django_db_blocker):
    """A database of this test's own; what is written is committed, by the real roles."""
    from onrecord.cli.session import using
    from stores import django_at

    with django_db_blocker.unblock():
        cluster = request.getfixturevalue("cluster")
        with cluster.copy() as opened, django_at(opened), using(opened):
            yield opened


@pytest.fixture
def site(store):
    """A live server whose pages read and write `store`; `site.url` is its address."""
    from pytest_django.live_server_helper import LiveServer

    server = LiveServer("localhost")
    yield server
    server.stop()


def _browser_path():
    return next((path for path in map(shutil.which, _BROWSERS) if path), None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Use the machine's Chromium: nothing is downloaded, nothing is called home."""
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
    quiet += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    return browser_type_launch_args | {"executable_path": _browser_path(), "args": quiet}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """Pages as a person in London sees them."""
    return browser_context_args | {"locale": "en-GB", "timezone_id": "Europe/London"}


def pytest_collection_modifyitems(items):
    """Mark by folder, keep unit tests off the database, skip the browser where there is none."""
    no_browser = pytest.mark.skip(reason="no Chromium: type apt-get install -y chromium")
    for item in items:
        parts = item.path.relative_to(item.config.rootpath).parts
        kind = parts[1] if len(parts) > 1 and parts[1] in _KINDS else None
        if kind:
            item.add_marker(kind)
        fixtures = set(getattr(item, "fixturenames", ()))
        if kind in {"unit", "law"} and fixtures & _DATABASE_FIXTURES:
            raise pytest.UsageError(f"{item.nodeid}: a {kind} test may not use the database")
        if fixtures & _BROWSER_FIXTURES and _browser_path() is None:
            item.add_marker(no_browser)


class _Skips:
    """In CI a skipped test is a hole in the evidence, unless data was never shared."""

    def __init__(self):
        self.refused = []

    def pytest_runtest_logreport(self, report):
        if report.skipped and not hasattr(report, "wasxfail"):
            self._judge(report.nodeid, report.longrepr)

    def pytest_collectreport(self, report):
        if report.skipped:
            self._judge(report.nodeid, report.longrepr)

    def _judge(self, nodeid, longrepr):
        told = longrepr[2] if isinstance(longrepr, tuple) else str(longrepr)
        reason = told.removeprefix("Skipped: ")
        if not reason.startswith(_ALLOWED_SKIP):
            self.refused.append((nodeid, reason))

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session):
        if self.refused and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter):
        for nodeid, reason in self.refused:
            terminalreporter.write_line(f"SKIP NOT ALLOWED IN CI {nodeid}: {reason}", red=True)


def pytest_configure(config):
    """Hold runs in CI to the rule about skips."""
    if os.environ.get("CI", "").lower() in {"1", "true"} and not hasattr(config, "workerinput"):
        config.pluginmanager.register(_Skips(), "onrecord-skips")
