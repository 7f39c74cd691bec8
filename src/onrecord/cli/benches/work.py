"""How long somebody waits for their own work, with ten thousand open tasks."""

import logging
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import cycle, islice
from typing import TYPE_CHECKING

from onrecord.cli import session
from onrecord.cli.benches.homes import a_home
from onrecord.cli.benches.measuring import Result, at_most, percentile, timed
from onrecord.core.ledger.actors import LOCAL_OPERATOR
from onrecord.project.home import Home

if TYPE_CHECKING:
    from onrecord.apps.access.models import Team, User

PEOPLE = 40
TASKS = 10_000
MINE = 2_500
REQUESTS = 60
LIMIT_MS = 150
LISTS = {"mine": MINE, "team": TASKS - MINE, "unallocated": MINE}


def measure() -> Iterator[Result]:
    """Raise the tasks, a quarter of them one person's, and time that person's lists whole."""
    with a_home() as home, session.store(Home(home)):
        team = _team()
        people = [_account(number, team) for number in range(PEOPLE)]
        with timed() as seconds:
            _raise(people)
        rate = TASKS / seconds()
        yield Result("tasks raised", round(rate), "a second", coverage=f"{TASKS:,}, one act each")
        with _signed_in(people[0]) as get:
            for name, length in LISTS.items():
                # First pages, and pages far down the list, in turn.
                paths = [
                    f"/work/?list={name}&page={n}" for n in islice(cycle((1, 2, 40, 95)), REQUESTS)
                ]
                covered = f"{TASKS:,} open tasks, {length:,} in the list; {REQUESTS} whole requests"
                yield _timed(get, f"my-work page, {name}, p95", paths, covered)
            covered = f"{TASKS:,} open tasks, {MINE:,} of them theirs; {REQUESTS} whole requests"
            yield _timed(get, "today page, p95", ["/today/"] * REQUESTS, covered)


def _timed(get: Callable[[str], None], name: str, paths: list[str], covered: str) -> Result:
    get(paths[0])
    spent = [_milliseconds(get, path) for path in paths]
    return at_most(name, percentile(spent, 0.95), "ms", LIMIT_MS, covered)


def _team() -> "Team":
    from onrecord.apps.access.services import make_team

    return make_team(actor=LOCAL_OPERATOR, code="bench", name="Bench", reason="measuring")


def _account(number: int, team: "Team") -> "User":
    from onrecord.apps.access.roles import Role
    from onrecord.apps.access.services import create_user

    return create_user(
        actor=LOCAL_OPERATOR, reason="measuring", username=f"bench-{number}-{secrets.token_hex(3)}",
        display_name=f"Bench {number}", organisation_code="BENCH", role=Role.REVIEW_LEAD,
        password=None, team=team,
    )  # fmt: skip


def _raise(people: "list[User]") -> None:
    """Raise the tasks: a quarter the first person's, a quarter nobody's, the rest the others'."""
    from onrecord.apps.access.selectors import viewer_for_user
    from onrecord.apps.work.services import NewTask, raise_task
    from onrecord.core.kernel.clock import today

    viewer = viewer_for_user(people[-1], reason="measuring", page="onrecord bench")
    others = cycle(people[1:])
    for number in range(TASKS):
        owner = people[0] if number < MINE else None if number < 2 * MINE else next(others)
        due_on = today() + timedelta(days=number % 90) if number % 5 else None
        new = NewTask("question", "Ask for the file", "Measured.", owner=owner, due_on=due_on)
        raise_task(viewer=viewer, new=new)


@contextmanager
def _signed_in(user: "User") -> Iterator[Callable[[str], None]]:
    """Stand in for a browser in which `user` is signed in."""
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user, backend="onrecord.apps.signing_in.backends.Passwords")

    def get(path: str) -> None:
        answer = client.get(path)
        if answer.status_code != 200:  # noqa: PLR2004
            raise RuntimeError(f"{path} answered {answer.status_code}: this times the wrong thing")

    logging.disable(logging.INFO)  # a line a request would drown the figures
    try:
        yield get
    finally:
        logging.disable(logging.NOTSET)


def _milliseconds(get: Callable[[str], None], path: str) -> float:
    started = time.perf_counter()
    get(path)
    return (time.perf_counter() - started) * 1000
