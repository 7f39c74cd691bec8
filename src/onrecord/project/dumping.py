"""PostgreSQL's own dump and restore, run as the database's administrator."""

import os
import subprocess
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from onrecord.core.kernel.errors import OnrecordError
from onrecord.project.account import server_account
from onrecord.project.address import ServerAddress
from onrecord.project.binaries import find_binaries

# What a transaction of another server was numbered means nothing here, and a number that comes
# round again must not let new facts pass for old ones. Three is a number no transaction gets.
_FORGET_TRANSACTIONS = """
update ledger.event set xid = '3';
truncate ledger.write_guard;
"""

_NEXT = {
    "pg_dump": "Is PostgreSQL here as new as the server? Type: onrecord doctor",
    "pg_restore": "What was restored so far is unfinished: delete it, then try again.",
}


def dump(admin: ServerAddress, snapshot: str, into: Path) -> None:
    """Write the database as it was at `snapshot` to one compressed file."""
    command = ["--format=custom", f"--snapshot={snapshot}", f"--file={into}"]
    _run("pg_dump", command, admin)


def restore(dumped: Path, admin: ServerAddress) -> None:
    """Fill an empty database from a dump: owners, grants and triggers as they were.

    Triggers come last, so that rows are put back as they are and nothing is recorded twice.
    """
    for section in ("pre-data", "data"):
        _restore_section(dumped, admin, section)
    with psycopg.connect(admin.dsn(), autocommit=True) as connection:
        connection.execute(_FORGET_TRANSACTIONS)
    _restore_section(dumped, admin, "post-data")
    with psycopg.connect(admin.dsn(), autocommit=True) as connection:
        connection.execute("vacuum analyze")


def _restore_section(dumped: Path, admin: ServerAddress, section: str) -> None:
    _run("pg_restore", [f"--section={section}", "--exit-on-error", str(dumped)], admin)


def _run(program: str, arguments: list[str], admin: ServerAddress) -> None:
    parts = conninfo_to_dict(admin.dsn())
    password = str(parts.pop("password", ""))
    found = find_binaries(server_account())
    done = subprocess.run(
        [found.program(program), f"--dbname={make_conninfo('', **parts)}", *arguments],
        env=os.environ | {"PGPASSWORD": password},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        # Only its first line: what follows may quote a row.
        first = next(iter(done.stderr.splitlines()), "it said nothing")
        raise OnrecordError(f"{program} failed: {first[:200]}", next_step=_NEXT[program])
