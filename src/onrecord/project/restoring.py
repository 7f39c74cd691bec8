"""Put a backup into an empty home."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from onrecord.core.kernel.errors import UsageError
from onrecord.project.address import ServerAddress
from onrecord.project.backups import DUMP, SECRETS
from onrecord.project.database import RESET_VARIABLE, administrator, is_embedded
from onrecord.project.dumping import restore
from onrecord.project.home import Home
from onrecord.project.postgres import EmbeddedServer
from onrecord.project.roles import ensure_database, ensure_roles

_MAY_BE_THERE = frozenset({"run", "logs", "backup.unpacked"})


def refuse_used(home: Home) -> None:
    """Stop unless nothing was ever kept in `home`.

    Raises:
        UsageError: it holds something, or the server's database does.
    """
    used = [
        path
        for path in (home.root.iterdir() if home.root.is_dir() else ())
        if path.name not in _MAY_BE_THERE and not (path.is_dir() and not any(path.iterdir()))
    ]
    if used:
        raise UsageError(
            f"{home.root} is not empty; a restore never overwrites.",
            next_step="Name a new folder: onrecord restore FILE --home DIR",
        )


def fill(home: Home, folder: Path) -> None:
    """Put the files and the database of an opened backup into `home`.

    Raises:
        UsageError: the database named by ONRECORD_DATABASE_URL holds something.
        OnrecordError: PostgreSQL refused; the home is unfinished and should be deleted.
    """
    home.prepare()
    if (folder / SECRETS).is_file():
        shutil.copyfile(folder / SECRETS, home.secrets)
        home.secrets.chmod(0o600)
    for name in (home.snapshots, home.imports, home.documents):
        if (folder / name.name).is_dir():
            shutil.copytree(folder / name.name, name, dirs_exist_ok=True)
    with _empty_database(home) as admin:
        restore(folder / DUMP, admin)


@contextmanager
def _empty_database(home: Home) -> Iterator[ServerAddress]:
    """Have a server with the roles and a database that nothing was put into yet."""
    if is_embedded():
        with EmbeddedServer(home).running() as admin:
            ensure_roles(admin.to("postgres"), home)
            ensure_database(admin.to("postgres"), admin.dbname)
            yield admin
        return
    admin = administrator(home)
    with psycopg.connect(admin.dsn()) as connection:
        asked = connection.execute("select count(*) from pg_namespace where nspname = 'ledger'")
        if (row := asked.fetchone()) is None or row[0]:
            raise UsageError(
                "The database named in ONRECORD_DATABASE_URL is not empty.",
                next_step="Make a new database, and name that.",
            )
    ensure_roles(admin, home, reset=os.environ.get(RESET_VARIABLE) == "1")
    yield admin
