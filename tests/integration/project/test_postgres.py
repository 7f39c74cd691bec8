"""The supervisor, against a real server in a folder of its own."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest

from onrecord.core.kernel.errors import OnrecordError
from onrecord.project.home import Home
from onrecord.project.postgres import EmbeddedServer
from onrecord.project.secret_store import keep_secret, secret


@pytest.fixture(scope="module")
def server():
    folder = Path(tempfile.mkdtemp(prefix="onrecord-test-", dir="/tmp"))
    made = EmbeddedServer(Home(folder))  # durable: what is proved here is the real thing
    yield made
    made.stop()
    shutil.rmtree(folder, ignore_errors=True)


def ask(address, statement):
    with psycopg.connect(address.dsn("postgres"), autocommit=True) as connection:
        return connection.execute(statement).fetchone()[0]


def test_it_starts_and_stops_with_its_only_user(server):
    with server.running() as address:
        assert ask(address, "SELECT 1") == 1
    assert not server.is_up()


def test_it_stays_for_as_long_as_anybody_uses_it(server):
    with server.running() as address:
        with server.running():
            pass
        assert ask(address, "SELECT 1") == 1


def test_another_process_joins_the_running_server(server):
    code = (
        "import sys; from pathlib import Path; from onrecord.project.home import Home;"
        "from onrecord.project.postgres import EmbeddedServer as E; import psycopg\n"
        "with E(Home(Path(sys.argv[1]))).running() as a, psycopg.connect(a.dsn('postgres')) as c:\n"
        "    print(c.execute('SELECT pg_postmaster_start_time()::text').fetchone()[0])"
    )
    with server.running() as address:
        ours = ask(address, "SELECT pg_postmaster_start_time()::text")
        command = [sys.executable, "-c", code, str(server.home.root)]
        theirs = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
        assert theirs == ours
        assert ask(address, "SELECT 1") == 1


def test_after_a_kill_what_was_committed_is_there(server):
    with server.running() as address:
        with psycopg.connect(address.dsn("postgres")) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS n")
        os.kill(server._live_pid(), signal.SIGKILL)
    with server.running() as address:
        assert ask(address, "SELECT n FROM kept") == 7


def test_a_server_killed_while_in_use_is_started_again_by_the_next_user(server):
    with server.running():
        os.kill(server._live_pid(), signal.SIGKILL)
        with server.running() as address:
            assert ask(address, "SELECT 1") == 1


def test_a_process_id_left_behind_that_is_somebody_else_s_is_not_believed(server):
    with server.running():
        pass
    (server.home.data / "postmaster.pid").write_text(f"{os.getpid()}\n")
    with server.running() as address:
        assert ask(address, "SELECT 1") == 1


def test_nobody_gets_in_with_a_wrong_password_or_over_a_network(server):
    with server.running() as address:
        wrong = address.signed_in_as(address.user, "wrong")
        with pytest.raises(psycopg.OperationalError, match="authentication failed"):
            psycopg.connect(wrong.dsn("postgres"))
        assert ask(address, "SHOW listen_addresses") == ""
        assert ask(address, "SHOW data_checksums") == "on"
        assert Path(address.host).stat().st_mode & 0o777 == 0o700


def test_lost_passwords_are_told_plainly(server):
    kept = secret(server.home, "superuser")
    keep_secret(server.home, "superuser", "another")
    try:
        with pytest.raises(OnrecordError, match="refused the password"):
            server.start()
    finally:
        keep_secret(server.home, "superuser", kept)
        server.stop()


def test_a_home_with_a_long_path_gets_a_short_socket(server):
    folder = Path(tempfile.mkdtemp(prefix="onrecord-test-", dir="/tmp"))
    long = EmbeddedServer(Home(folder / ("long" * 30)), durable=False)
    try:
        with long.running() as address:
            assert ask(address, "SELECT 1") == 1
            assert len(address.host) < 60
        shutil.rmtree(address.host)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
