"""`onrecord serve` as a process: what is killed comes back, and Ctrl-C leaves nothing behind."""

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from integration.project.foreign import environment, free_port
from integration.project.processes import Process, descendants, is_alive, until
from onrecord.project.home import Home
from onrecord.project.postgres import EmbeddedServer
from onrecord.project.roles import Role, role_password

PATIENCE = 90.0
WEB, WORKER, SEQUENCER = "gunicorn", "onrecord.project.worker", "onrecord.project.sequencing"
DATABASE = "postgres -D"


@dataclass
class Served:
    """A site that is being served."""

    process: subprocess.Popen
    port: int
    home: Home

    def get(self, path):
        """Ask for a page until it is answered; return its text and headers."""

        def answer():
            with contextlib.suppress(OSError):
                address = f"http://127.0.0.1:{self.port}{path}"
                with urllib.request.urlopen(address, timeout=PATIENCE) as response:
                    return response.read().decode(), response.headers
            return None

        return until(answer, PATIENCE)

    def child(self, name) -> Process:
        """Return the running child whose command holds `name`: its leader, where it has several."""

        def leader():
            found = [one for one in descendants(self.process.pid) if name in one.command]
            return next((one for one in found if one.parent == self.process.pid), None)

        return until(leader, PATIENCE)

    def ask(self, statement, *values):
        """Ask the database as its administrator."""
        with psycopg.connect(EmbeddedServer(self.home).address.dsn()) as connection:
            return connection.execute(statement, values).fetchone()[0]

    def look(self, reference):
        """Leave a look, as a page does, and nothing that gives it a position."""
        address = EmbeddedServer(self.home).address
        signed_in = address.signed_in_as(Role.APP, role_password(self.home, Role.APP))
        with psycopg.connect(signed_in.dsn()) as connection:
            connection.execute(
                "insert into ledger.consultation (actor, actor_kind, actor_organisation, action,"
                " object_kind, object_ref, page, reason, view, position, was_refused)"
                " values ('a.tester', 'person', 'NSP', 'person:read', 'person', %s, 'a page',"
                " 'a test', '', 0, false)",
                [reference],
            )

    def is_in_the_log(self, reference):
        """Tell whether a look has its position."""
        return self.ask(
            "select exists (select from ledger.entry e join ledger.consultation c"
            " on e.source = 'consultation' and e.source_id = c.consultation_id"
            " where c.object_ref = %s)",
            reference,
        )


@contextlib.contextmanager
def serving(home):
    """Serve `home` for the length of this block."""
    port = free_port()
    command = [sys.executable, "-m", "onrecord", "serve", "--no-open", "--port", str(port)]
    process = subprocess.Popen(
        command, env=environment(home.root), stdout=subprocess.PIPE, text=True
    )
    try:
        assert f":{port}/" in process.stdout.readline()
        yield Served(process, port, home)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)
        process.stdout.close()


@contextlib.contextmanager
def a_home():
    """Make a home and delete it; nothing in it may be in use afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="onrecord-test-", dir="/tmp"))
    yield Home(folder)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def site():
    """One site for the module: each test leaves it answering."""
    with a_home() as home, serving(home) as served:
        yield served


@pytest.fixture(scope="module")
def quiet_home():
    """A home that nobody serves between tests."""
    with a_home() as home:
        yield home


@pytest.mark.parametrize("name", [WEB, WORKER, SEQUENCER, DATABASE])
def test_whatever_is_killed_is_replaced_and_the_site_answers_again(site, name):
    before = site.child(name)
    os.kill(before.pid, signal.SIGKILL)

    until(lambda: not is_alive(before) and site.child(name).pid != before.pid, PATIENCE)
    text, _ = site.get("/health/ready")
    assert json.loads(text)["status"] == "ready"
    assert "Sign in" in site.get("/")[0]


def test_a_web_process_under_the_leader_is_replaced_too(site):
    leader = site.child(WEB)
    one = next(each for each in descendants(leader.pid))
    os.kill(one.pid, signal.SIGKILL)

    until(lambda: not is_alive(one) and len(descendants(leader.pid)) > 1, PATIENCE)
    assert "Sign in" in site.get("/")[0]


def test_looks_get_their_positions_without_anybody_asking(site):
    site.look("P-1")
    assert until(lambda: site.is_in_the_log("P-1"), PATIENCE)


def test_looks_made_while_the_sequencer_is_down_are_not_lost(site):
    os.kill(site.child(SEQUENCER).pid, signal.SIGKILL)
    site.look("P-2")
    assert until(lambda: site.is_in_the_log("P-2"), PATIENCE)


def test_styles_and_scripts_have_names_of_their_content_and_may_be_kept(site):
    page, headers = site.get("/account/sign-in")
    assert "no-store" in headers["Cache-Control"]
    served = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert served
    for path in served:
        assert re.search(r"\.[0-9a-f]{12}\.\w+$", path), path
        _, headers = site.get(path)
        assert "immutable" in headers["Cache-Control"]
    script = next(path for path in served if path.endswith(".js"))
    imported = re.findall(r'from\s*"\./([^"]+)"', site.get(script)[0])
    assert imported
    for name in imported:
        _, headers = site.get(f"{script.rsplit('/', 1)[0]}/{name}")
        assert "immutable" in headers["Cache-Control"]


def test_a_port_that_is_taken_is_told_with_what_to_type(site):
    command = [sys.executable, "-m", "onrecord", "serve", "--no-open", "--port", str(site.port)]
    refused = subprocess.run(
        command, env=environment(site.home.root), capture_output=True, text=True, check=False
    )
    assert refused.returncode == 2
    assert f"serve --port {site.port + 1}" in refused.stderr
    assert "Sign in" in site.get("/")[0]


def test_ctrl_c_leaves_nothing_running(quiet_home):
    with serving(quiet_home) as served:
        for name in (WEB, WORKER, SEQUENCER):
            served.child(name)
        started = descendants(served.process.pid)
    assert served.process.returncode == 0
    assert len(started) > 4
    assert [one.command for one in started if is_alive(one)] == []
    assert not EmbeddedServer(quiet_home).is_up()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", served.port)) != 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")
def test_if_the_supervisor_itself_is_killed_what_it_served_ends(quiet_home):
    with serving(quiet_home) as served:
        leaders = [served.child(name) for name in (WEB, WORKER, SEQUENCER)]
        served.process.kill()
        until(lambda: not any(map(is_alive, leaders)), PATIENCE)
    # The database has no user left; the next to come and go stops it.
    with EmbeddedServer(quiet_home).running():
        pass
    assert not EmbeddedServer(quiet_home).is_up()


def test_cookies_are_bound_to_the_host_when_served_to_others():
    names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE",
             "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS")  # fmt: skip
    asked = (
        f"from onrecord.project.settings import base as b; print([getattr(b, n) for n in {names}])"
    )
    told = {
        hosts: subprocess.run(
            [sys.executable, "-c", asked], env=os.environ | {"ONRECORD_HOSTS": hosts},
            capture_output=True, text=True, check=True,
        ).stdout.strip()
        for hosts in ("", "onrecord.police.example")
    }  # fmt: skip
    year = 365 * 24 * 3600
    assert told["onrecord.police.example"] == str(
        ["__Host-onrecord-session", "__Host-onrecord-form", True, year, True]
    )
    assert told[""] == str(["onrecord-session", "onrecord-form", False, 0, False])
