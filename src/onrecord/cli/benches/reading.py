"""How long a person waits: for a page about somebody, and for a search by name."""

import logging
import secrets
import time
from collections.abc import Callable, Iterator

from onrecord.cli.benches.measuring import Result, at_most, percentile
from onrecord.core.ledger.actors import LOCAL_OPERATOR

SUBJECTS = 20
PAGE_ALLEGATIONS = (45, 60)
SEARCHES = 200
PAGE_LIMIT_MS = 150
QUERY_LIMIT = 25
SEARCH_LIMIT_MS = 100


def person_pages() -> list[Result]:
    """Time whole requests for pages of people with about fifty allegations, in every sort of view."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from onrecord.apps.people.sampling import subjects_with

    low, high = PAGE_ALLEGATIONS
    references = subjects_with(low, high, limit=SUBJECTS)
    if not references:
        return []
    with _signed_in() as get:
        paths = [f"/people/{reference}{view}" for reference in references for view in _views()]
        get(paths[0])
        milliseconds = [_milliseconds(get, path) for path in paths]
        with CaptureQueriesContext(connection) as most:
            get(f"/people/{references[0]}")
        few = subjects_with(1, 2, limit=1)
        with CaptureQueriesContext(connection) as least:
            get(f"/people/{few[0]}")
    covered = f"{len(paths)} requests, {len(references)} people with {low} to {high} allegations, 5 views each"
    return [
        at_most("person page, p95", percentile(milliseconds, 0.95), "ms", PAGE_LIMIT_MS, covered),
        Result(
            "person page, median", round(percentile(milliseconds, 0.5), 1), "ms", coverage=covered
        ),
        at_most("person page, queries", len(most), "queries", QUERY_LIMIT, f"{low}+ allegations"),
        Result("person page, queries for one or two allegations", len(least), "queries"),
    ]


def name_searches() -> list[Result]:
    """Time searches by name, each with two letters swapped."""
    from onrecord.apps.people.sampling import names_to_search_for, people_on_record
    from onrecord.apps.people.selectors import search_people
    from onrecord.core.kernel.viewers import Viewer

    viewer = Viewer("bench", "local_operator", "", "local_operator", "measuring", "onrecord bench")
    milliseconds = []
    names = [_misspelt(name) for name in names_to_search_for(SEARCHES)]
    for name in names:
        started = time.perf_counter()
        search_people(viewer, name)
        milliseconds.append((time.perf_counter() - started) * 1000)
    if not milliseconds:
        return []
    covered = f"{len(names)} misspelt names over {people_on_record():,} person records"
    return [
        at_most("name search, p95", percentile(milliseconds, 0.95), "ms", SEARCH_LIMIT_MS, covered)
    ]


def _views() -> Iterator[str]:
    """Five views: joined up, three past days, and through one holder's eyes."""
    from onrecord.apps.organisations.selectors import holders_by_id

    yield ""
    yield "?on=2005-06-30"
    yield "?on=2010-06-30"
    yield "?on=2014-06-30"
    holder = next(iter(holders_by_id().values()))
    yield f"?to={holder.organisation_code}"


def _misspelt(name: str) -> str:
    middle = len(name) // 2
    return (
        name[: middle - 1]
        + name[middle : middle + 1]
        + name[middle - 1 : middle]
        + name[middle + 1 :]
    )


def _milliseconds(get: Callable[[str], None], path: str) -> float:
    started = time.perf_counter()
    get(path)
    return (time.perf_counter() - started) * 1000


class _signed_in:  # noqa: N801 - reads as a state where it is used
    """A browser's stand-in, signed in with a reason given; its account is closed afterwards."""

    def __enter__(self) -> Callable[[str], None]:
        from django.test import Client

        from onrecord.apps.access.roles import Role
        from onrecord.apps.access.services import create_user

        self._user = create_user(
            actor=LOCAL_OPERATOR,
            reason="measuring",
            username=f"bench-{secrets.token_hex(4)}", display_name="Bench", organisation_code="BENCH",
            role=Role.REVIEWER, password=None,
        )  # fmt: skip
        logging.disable(logging.INFO)  # a line a request would drown the figures
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(self._user, backend="onrecord.apps.signing_in.backends.Passwords")
        client.post("/looking", {"reason": "measuring", "next": "/"})

        def get(path: str) -> None:
            answer = client.get(path)
            if answer.status_code != 200:  # noqa: PLR2004
                raise RuntimeError(
                    f"{path} answered {answer.status_code}: this would time the wrong thing"
                )

        return get

    def __exit__(self, *_details: object) -> None:
        from onrecord.apps.access.services import close_account

        logging.disable(logging.NOTSET)
        close_account(actor=LOCAL_OPERATOR, user=self._user, reason="measured")
