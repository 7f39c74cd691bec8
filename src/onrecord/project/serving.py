"""Which names this installation answers to."""

from collections.abc import Iterable, Mapping

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
HOSTS_VARIABLE = "ONRECORD_HOSTS"


def served_hosts(environ: Mapping[str, str]) -> list[str]:
    """Return the host names asked for in ONRECORD_HOSTS, or this machine alone."""
    named = [host.strip() for host in environ.get(HOSTS_VARIABLE, "").split(",")]
    return [host for host in named if host] or sorted(LOOPBACK)


def is_loopback_only(hosts: Iterable[str]) -> bool:
    """Whether only this machine can ask, so that plain HTTP stays on it."""
    return LOOPBACK.issuperset(hosts)
