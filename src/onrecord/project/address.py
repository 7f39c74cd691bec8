"""Where a PostgreSQL server is and who signs in to it."""

from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, unquote, urlsplit

from psycopg.conninfo import make_conninfo

from onrecord.core.kernel.errors import UsageError

_SCHEMES = ("postgres", "postgresql")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """One way in to one database; the password is never shown."""

    host: str
    port: int
    user: str
    dbname: str
    password: str = field(repr=False, default="")
    options: tuple[tuple[str, str], ...] = ()

    def dsn(self, dbname: str | None = None) -> str:
        """Return this address in libpq's own notation."""
        return make_conninfo(
            host=self.host,
            port=self.port,
            user=self.user,
            password=self.password,
            dbname=dbname or self.dbname,
            **dict(self.options),
        )

    def signed_in_as(self, user: str, password: str) -> "ServerAddress":
        """Return the same database for somebody else."""
        return replace(self, user=user, password=password)

    def to(self, dbname: str) -> "ServerAddress":
        """Return another database of the same server."""
        return replace(self, dbname=dbname)


def parse_database_url(url: str) -> ServerAddress:
    """Read `postgresql://user:password@host:port/name?sslrootcert=/etc/ssl/certs/force.pem`.

    A server reached by a socket is written `postgresql://user@/name?host=/run/postgresql`.
    One on another machine must prove by its certificate that it is the one named, unless
    the address itself says otherwise with `sslmode`.

    Raises:
        UsageError: it is not the address of a PostgreSQL database.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or 5432
    except ValueError:
        parts, port = urlsplit(""), 0
    options = dict(parse_qsl(parts.query))
    host = unquote(parts.hostname or "") or options.pop("host", "")
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in _SCHEMES or not (host and name and parts.username):
        # The address is not repeated: it holds a password.
        raise UsageError(
            "ONRECORD_DATABASE_URL is not the address of a PostgreSQL database.",
            next_step="Write postgresql://user:password@host:5432/name",
        )
    if not _is_here(host):
        options.setdefault("sslmode", "verify-full")
    return ServerAddress(
        host=host,
        port=port,
        user=unquote(parts.username),
        password=unquote(parts.password or ""),
        dbname=name,
        options=tuple(sorted(options.items())),
    )


def _is_here(host: str) -> bool:
    """Tell whether a server can be reached by this machine alone: by a socket, or by loopback."""
    return host.startswith(("/", "@")) or host in _LOOPBACK
