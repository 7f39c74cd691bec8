"""A PostgreSQL that somebody else runs: not ours to start, and we are not its superuser.

Made from the wheel's programs, listening on the loopback network, with an
administrator who may make roles and databases and nothing more, as a database
team would hand out.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from onrecord.project.account import server_account
from onrecord.project.address import ServerAddress
from onrecord.project.binaries import find_binaries

_PATIENCE = 60.0


@contextmanager
def foreign_server() -> Iterator[ServerAddress]:
    """Start one; hand over its superuser's address, which Onrecord is never told."""
    account, folder = server_account(), Path(tempfile.mkdtemp(prefix="foreign-", dir="/tmp"))
    programs, port = find_binaries(account), free_port()
    account.own(folder)
    data, password = folder / "data", folder / "password"
    password.write_text("superuser-password")
    account.own(password)
    initdb = [programs.program("initdb"), "-D", data, "-U", "owner", "-A", "scram-sha-256"]
    initdb += [f"--pwfile={password}", "-E", "UTF8", "--no-sync", *programs.locale_options()]
    subprocess.run(initdb, check=True, capture_output=True, cwd="/", **account.run_as())
    command = [programs.program("postgres"), "-D", data, "-p", str(port), "-k", folder]
    command += ["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
    server = subprocess.Popen(
        command, stderr=subprocess.DEVNULL, start_new_session=True, cwd="/", **account.run_as()
    )
    try:
        yield _answering(
            ServerAddress("127.0.0.1", port, "owner", "postgres", "superuser-password")
        )
    finally:
        server.terminate()
        server.wait(_PATIENCE)
        shutil.rmtree(folder, ignore_errors=True)


def hand_out_a_database(superuser: ServerAddress, name: str) -> str:
    """Make a database and its administrator, as a database team would; return the URL."""
    with psycopg.connect(superuser.dsn(), autocommit=True) as connection:
        connection.execute(
            f"CREATE ROLE {name}_admin LOGIN CREATEROLE CREATEDB NOSUPERUSER PASSWORD 'handed-out'"
        )
        connection.execute(f"CREATE DATABASE {name} OWNER {name}_admin TEMPLATE template0")
    return f"postgresql://{name}_admin:handed-out@127.0.0.1:{superuser.port}/{name}"


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(home: Path, **added: str) -> dict[str, str]:
    """Return what a fresh shell would give the command: nothing of this test run."""
    dropped = ("ONRECORD_", "DJANGO_", "PYTEST_")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(dropped)}
    named = (
        {"ONRECORD_PG_BIN": os.environ["ONRECORD_PG_BIN"]}
        if "ONRECORD_PG_BIN" in os.environ
        else {}
    )
    return kept | named | {"ONRECORD_HOME": str(home)} | added


def onrecord(
    *arguments: str, environ: dict[str, str], told: str = ""
) -> "subprocess.CompletedProcess[str]":
    """Run the command as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "onrecord", *arguments],
        env=environ, input=told, capture_output=True, text=True, check=False, timeout=180,
    )  # fmt: skip


def _answering(address: ServerAddress) -> ServerAddress:
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            psycopg.connect(address.dsn(), connect_timeout=5).close()
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return address
