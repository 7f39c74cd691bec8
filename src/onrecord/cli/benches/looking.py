"""What recording every look costs: commits a page, pages a second at eight clients, flushes to disk."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from statistics import median
from unittest.mock import patch

from onrecord.cli import session
from onrecord.cli.benches.homes import a_home
from onrecord.cli.benches.measuring import Result, at_least, at_most
from onrecord.cli.proving.people import signed_in
from onrecord.cli.proving.quiet import quietly
from onrecord.core.kernel.ids import public_reference
from onrecord.project.home import Home

CLIENTS = 8
PAGES = 25
ROUNDS = 6
MOST_COMMITS = 1
LEAST_SHARE = 0.9
"""The targets: at most one commit more a page, and at least nine tenths of the throughput."""


def measure() -> Iterator[Result]:
    """Open one person's page from eight clients, with looks recorded and without, turn about."""
    with a_home() as home, session.store(Home(home)), quietly():
        from django.test.utils import override_settings

        from onrecord.cli.proving.world import write_open_world

        path = f"/people/{public_reference('P', write_open_world().people[3])}"
        with override_settings(ALLOWED_HOSTS=["*"]):
            clients = [signed_in("review_lead") for _ in range(CLIENTS)]
            _pages_a_second(clients, path)  # opens what is opened once
            rounds = [_round(clients, path) for _ in range(ROUNDS)]
    covered = (
        f"{CLIENTS} clients, {PAGES} pages each, {ROUNDS} rounds turn about, one person's page"
    )
    told, untold = ([one[kind] for one in rounds] for kind in (0, 1))
    share = median(a.rate / b.rate for a, b in zip(told, untold, strict=True))
    more = median(a.commits - b.commits for a, b in zip(told, untold, strict=True))
    yield at_most("commits a page that looks add", round(more, 2), "commits", MOST_COMMITS, covered)
    yield at_least(
        "throughput with looks, of that without", round(share, 3), "", LEAST_SHARE, covered
    )
    yield Result(
        "pages with looks", round(median(one.rate for one in told), 1), "a second", coverage=covered
    )
    yield Result(
        "flushes to disk with looks",
        round(median(one.flushes for one in told), 1),
        "a second",
        coverage=covered,
    )
    yield Result(
        "flushes to disk without",
        round(median(one.flushes for one in untold), 1),
        "a second",
        coverage=covered,
    )


class _Seen:
    """One measurement: pages and flushes a second, commits a page."""

    def __init__(self, rate: float, flushes: float, commits: float) -> None:
        self.rate, self.flushes, self.commits = rate, flushes, commits


def _round(clients: list, path: str) -> tuple[_Seen, _Seen]:  # type: ignore[type-arg]
    told = _pages_a_second(clients, path)
    with _untold():
        untold = _pages_a_second(clients, path)
    return told, untold


def _pages_a_second(clients: list, path: str) -> _Seen:  # type: ignore[type-arg]
    from django.db import connection

    def opened(client: object) -> None:
        try:
            for _ in range(PAGES):
                answer = client.get(path)  # type: ignore[attr-defined]
                if answer.status_code != 200:  # noqa: PLR2004
                    raise RuntimeError(f"{path} answered {answer.status_code}")
        finally:
            connection.close()

    before, started = _counted(), time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(opened, clients))
    seconds = time.perf_counter() - started
    time.sleep(1.2)  # a connection tells its statistics at most once a second
    after, pages = _counted(), len(clients) * PAGES
    return _Seen(pages / seconds, (after[1] - before[1]) / seconds, (after[0] - before[0]) / pages)


def _counted() -> tuple[int, int]:
    """Return the commits of this database, and how often the log was flushed to disk, so far."""
    from django.db import connections

    with connections["migrations"].cursor() as cursor:
        cursor.execute(
            "select xact_commit from pg_stat_database where datname = current_database()"
        )
        (commits,) = cursor.fetchone()
        cursor.execute("select coalesce(sum(fsyncs), 0) from pg_stat_io where object = 'wal'")
        (flushes,) = cursor.fetchone()
    return int(commits), int(flushes)


@contextmanager
def _untold() -> Iterator[None]:
    """Record no look at a person's page for the length of this block: in a store that is thrown away."""
    from onrecord.apps.audit import services

    def nothing(*_: object, **__: object) -> None:
        services._looks.set(services._looks.get() + 1)  # noqa: SLF001 - stands in for the recorder

    with patch("onrecord.apps.people.selectors.record_consultation", nothing):
        yield
