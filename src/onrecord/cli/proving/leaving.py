"""Everything that leaves the installation or lies outside the compartment, searched for canaries."""

import io
import itertools
import logging
import logging.config
import re
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from onrecord.cli.proving.canaries import Canaries, Planted
from onrecord.cli.proving.people import signed_in
from onrecord.cli.proving.visiting import patterns_by_route, table_of_addresses

if TYPE_CHECKING:
    from django.test import Client

NOBODY = "not signed in"
LEAVING = frozenset({"accounts:sign-out"})
"""Never asked for: it would end the session that everything else is asked in."""

MAY_SHOW = frozenset({"victims:who", "victims:compare"})
MAY_BE_SHOWN = frozenset({"victim_contact", "appropriate_authority"})
"""The one answer that says who somebody is, and who may have it."""

_LINK = re.compile(r'(?:href|action)="(/[^"#]*)')
_FIELD = re.compile(r"<(?:input|textarea|select)[^>]*>")
_WAYS = 5
"""How many ways to fill an address are tried, of each route, for each role."""


class Caller:
    """Somebody in one role who asks for things; every answer is searched."""

    def __init__(self, canaries: Canaries, role: str) -> None:
        """Sign in, unless it is nobody."""
        self.canaries, self.role = canaries, role
        self.client = self._fresh()

    def _fresh(self) -> "Client":
        from django.test import Client

        if self.role == NOBODY:
            return Client(headers={"host": "127.0.0.1"}, raise_request_exception=False)
        return signed_in(self.role)

    def ask(self, method: str, path: str, given: dict[str, str] | None = None) -> str:
        """Ask, search the answer, and return its words."""
        send = self.client.post if method == "POST" else self.client.get
        answer: Any = send(path, given or {})
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        match = getattr(answer, "resolver_match", None)
        route = match.view_name if match else ""
        told = f"{self.role}, {method} {route or 'no such address'}"
        if method == "POST" and route in MAY_SHOW and self.role in MAY_BE_SHOWN:
            self.canaries.shown(body)
            title = re.search(rb"<title>(.*?)</title>", body, re.DOTALL)
            self.canaries.search("titles", told, title[1] if title else b"")
            if answer.headers.get("Cache-Control") != "no-store":
                raise AssertionError(f"{told} may be stored by whoever passes it on.")
        else:
            is_page = answer.headers.get("content-type", "").startswith("text/html")
            channel = "error pages" if answer.status_code >= 400 else (  # noqa: PLR2004
                "pages" if is_page else "downloads and other answers"
            )  # fmt: skip
            self.canaries.search(channel, told, body)
        self.canaries.search("headers, addresses and file names", told, f"{answer.headers} {path}")
        if "/account/sign-in" in answer.headers.get("location", "") and self.role != NOBODY:
            self.client = self._fresh()
        return body.decode("utf-8", "replace")


def drive(caller: Caller, values: Mapping[str, Sequence[str]], limit: int) -> set[tuple[str, str]]:
    """Ask for every address, then follow links, then send every form; return what was covered."""
    covered = set()
    names = patterns_by_route()
    rows = [row for row in table_of_addresses() if row.route in names and row.route not in LEAVING]
    pages: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: row.method):
        for path in _filled(row.route, names[row.route], values):
            if row.method == "GET":
                pages[path] = caller.ask("GET", path)
                covered.add((row.route, "GET"))
            elif row.method == "POST":
                caller.ask("POST", path)
                caller.ask("POST", path, _typed(pages.get(path, "")))
                covered.add((row.route, "POST"))
    _follow(caller, set(pages), limit)
    return covered


def _filled(
    route: str, names: list[tuple[str, str]], values: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    from django.urls import NoReverseMatch, reverse

    pools = [values.get(kind, values["str"]) for _, kind in names]
    for chosen in itertools.islice(itertools.product(*pools), _WAYS):
        try:
            yield reverse(route, kwargs=dict(zip((n for n, _ in names), chosen, strict=True)))
        except NoReverseMatch:
            continue


def _follow(caller: Caller, seen: set[str], limit: int) -> None:
    waiting, variants = deque(["/"]), Counter[str]()
    for _ in range(limit):
        if not waiting:
            return
        for link in _LINK.findall(caller.ask("GET", waiting.popleft())):
            path = link.replace("&amp;", "&")
            page = urlsplit(path).path
            if path in seen or variants[page] > 1 or page.startswith(("/static/", "/account/")):
                continue
            seen.add(path)
            variants[page] += 1
            waiting.append(path)


def _typed(page: str) -> dict[str, str]:
    """Return something to send for every field of a page: what stands in it, or a word."""
    given: dict[str, str] = {}
    for tag in _FIELD.findall(page):
        name, value = (re.search(rf'{what}="([^"]*)"', tag) for what in ("name", "value"))
        if name and name[1] != "csrfmiddlewaretoken":
            given.setdefault(name[1], (value[1] if value else "") or "something")
    return given


def ask_who(canaries: Canaries, parties: Sequence[Planted]) -> None:
    """Let the contact officer be shown who each party is, as they may be."""
    caller = Caller(canaries, "victim_contact")
    for party in parties:
        caller.ask("GET", party.address)
        caller.ask("GET", f"{party.address}/who")
        caller.ask("POST", f"{party.address}/who", {"reason": "to call about the charge"})


def search_tables(canaries: Canaries) -> None:
    """Search every table outside the compartment, as its owner sees it; sessions unpacked."""
    from importlib import import_module

    import psycopg
    from django.conf import settings
    from psycopg import sql

    from onrecord.cli.session import store

    with store() as opened, psycopg.connect(opened.admin.dsn()) as owner:
        tables = owner.execute(
            "select schemaname, tablename from pg_tables where schemaname not in"
            " ('compartment', 'pg_catalog', 'information_schema')"
            " union select schemaname, matviewname from pg_matviews"
        ).fetchall()
        for schema, table in sorted(tables):
            named = sql.Identifier(schema, table)
            rows = owner.execute(sql.SQL("select t::text from {} t").format(named)).fetchall()
            text = "\n".join(row for (row,) in rows)
            canaries.search("ledger" if schema == "ledger" else "tables", f"{schema}.{table}", text)
    # Written down packed: read by the engine that packs them, from its own table.
    made = import_module(settings.SESSION_ENGINE).SessionStore()
    for session in made.get_model_class().objects.all():
        canaries.search("sessions", "a session", str(made.decode(session.session_data)))


def search_files(canaries: Canaries, folder: Path, database: Path) -> None:
    """Search every file of the home but the database's own."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and database not in path.parents:
            told = str(path.relative_to(folder))
            canaries.search("files", told, f"{told}\n")
            canaries.search("files", told, _plain(path))


def _plain(path: Path) -> bytes:
    if path.suffix != ".parquet":
        return path.read_bytes()
    import duckdb

    with duckdb.connect() as reader:
        return str(reader.read_parquet(str(path)).fetchall()).encode()


@contextmanager
def listening(canaries: Canaries) -> Iterator[None]:
    """Hear every logger at DEBUG, written as the installation writes it, for this block."""
    from onrecord.project.logs import LOGGING, WithoutArguments

    heard = io.StringIO()
    handler = logging.StreamHandler(heard)
    made = logging.config.DictConfigurator(LOGGING)
    handler.setFormatter(made.configure_formatter(dict(LOGGING["formatters"]["json"])))
    handler.addFilter(WithoutArguments())
    root = logging.getLogger()
    loggers = [root, *(logging.getLogger(name) for name in list(logging.root.manager.loggerDict))]
    before = [(one, one.level) for one in loggers]
    others = list(root.handlers)
    root.handlers = [handler]
    for one in loggers:
        one.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        root.handlers = others
        for one, level in before:
            one.setLevel(level)
        for line in heard.getvalue().splitlines():
            canaries.search("lines of the log", "the log at DEBUG", line)
