"""Visit every address that can be read, as somebody in one role, and keep what came back."""

import csv
import itertools
import re
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from onrecord.cli.proving.people import signed_in

DRAWN = ("/account/second-factors/codes", "/account/second-factors/passkey")
"""Pages that are drawn anew each time: a secret, a challenge."""

ELSEWHERE = ("/account/sign-out", "/static/", "/account/sign-in", "/health/", *DRAWN)
"""Never visited: leaving, and what is the same for everybody or is about the machine."""

VARIANTS = 3
"""How many of the ways to look at one page (days, holders, pages of a list) are followed."""

_LINK = re.compile(r'(?:href|action)="(/[^"#]*)')
_TOKENS = (
    (re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"'), "token"),
    (re.compile(r'nonce="[^"]*"'), "nonce"),
    (re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4} at \d{1,2}:\d{2}"), "moment"),
    (re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|\+00:00)?"), "moment"),
    (re.compile(r"recorded by (?:position )?[\d,]+"), "recorded by"),
    (re.compile(r'"(?:position|recorded_by)": ?\d+'), "recorded by"),
    (re.compile(r"\b[0-9a-f]{12,64}\b"), "hash"),
)


class Address(NamedTuple):
    """One line of the table of addresses: what a route and method take."""

    route: str
    method: str
    verb: str


def table_of_addresses() -> list[Address]:
    """Return the table of addresses, as data: commands know nothing of the pages' code."""
    text = files("onrecord.web").joinpath("addresses.csv").read_text(encoding="utf-8")
    return [Address(**row) for row in csv.DictReader(text.splitlines())]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one request was answered with: status, headers that matter, and words."""

    status: int
    kind: str
    name: str
    where: str
    body: str
    seconds: float

    @property
    def told(self) -> tuple[int, str, str, str, str]:
        """Return everything that somebody could learn from, but the time it took."""
        return self.status, self.kind, self.name, self.where, self.body


def visit(
    role: str, *, seeds: Sequence[str], words: Sequence[str], limit: int = 2_000
) -> dict[str, Answer]:
    """Follow every link there is from the start and from `seeds`; search for `words`.

    Takes what is linked and what is typed in turn, so that a `limit` leaves neither out.
    Returns each answer by method and address.
    """
    client = signed_in(role)
    found: dict[str, Answer] = {}
    linked = deque(["/"])
    typed = deque(seed for seed in seeds if not seed.startswith(ELSEWHERE))
    seen, variants = {"/"}, Counter[str]()
    while (linked or typed) and len(found) < limit:
        first, other = (linked, typed) if len(found) % 2 else (typed, linked)
        path = (first or other).popleft()
        if f"GET {path}" in found:
            continue
        answer, links = asked(client.get, path)
        found[f"GET {path}"] = answer
        for link in links:
            page = urlsplit(link).path
            if link in seen or link.startswith(ELSEWHERE) or variants[page] >= VARIANTS:
                continue
            seen.add(link)
            variants[page] += 1
            linked.append(link)
    for word in words:
        found[f"SEARCH {word}"] = asked(client.post, "/search", {"text": word})[0]
    return found


def asked(
    send: Any,
    path: str,
    data: dict[str, str] | None = None,
    *,
    only: Callable[[str], str] = str,
) -> tuple[Answer, list[str]]:
    """Ask with `send`, and return the answer, `only` what matters of its text, and its links."""
    started = time.perf_counter()
    answer = send(path, data) if data is not None else send(path)
    seconds = time.perf_counter() - started
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = body.decode("utf-8", "replace")
    links = [urlsplit(link.replace("&amp;", "&")) for link in _LINK.findall(text)]
    plain = Answer(
        status=answer.status_code,
        kind=answer.headers.get("content-type", ""),
        name=answer.headers.get("content-disposition", ""),
        where=answer.headers.get("location", ""),
        body=plain_text(only(text)),
        seconds=seconds,
    )
    return plain, [link.path + (f"?{link.query}" if link.query else "") for link in links]


def printed(words: Sequence[str]) -> Answer:
    """Run a command as whoever runs the installation, and return its exit code and what it printed."""
    import io
    from contextlib import redirect_stderr, redirect_stdout

    from onrecord.cli.command import onrecord
    from onrecord.cli.errors import run_to_exit_code

    out = io.StringIO()
    started = time.perf_counter()
    with redirect_stdout(out), redirect_stderr(out):
        code = run_to_exit_code(
            lambda: onrecord([*words], prog_name="onrecord", standalone_mode=False)
        )
    seconds = time.perf_counter() - started
    return Answer(int(code or 0), "command", "", "", plain_text(out.getvalue()), seconds)


def plain_text(text: str) -> str:
    """Return an answer without what differs from one request to the next."""
    for pattern, word in _TOKENS:
        text = pattern.sub(word, text)
    return text


def patterns_by_route() -> dict[str, list[tuple[str, str]]]:
    """Return, for each route of the table, the name and kind of what stands in its address."""
    from django.urls import get_resolver

    named = dict(_patterns(get_resolver().url_patterns, ""))
    return {row.route: named[row.route] for row in table_of_addresses() if row.route in named}


def addresses(values: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield every address that can be read, with every one of the `values` of its kind put in.

    `values` has the texts for each converter: `str`, `int`, `uuid`.
    """
    from django.urls import NoReverseMatch, get_resolver, reverse

    named = dict(_patterns(get_resolver().url_patterns, ""))
    for route in sorted(row.route for row in table_of_addresses() if row.method == "GET"):
        if route not in named:
            continue
        for chosen in itertools.product(*(values.get(kind, ()) for _, kind in named[route])):
            names = [name for name, _ in named[route]]
            try:
                yield reverse(route, kwargs=dict(zip(names, chosen, strict=True)))
            except NoReverseMatch:
                continue


def _patterns(entries: Iterable[Any], space: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield each route's name with the name and kind of what stands in its address."""
    for entry in entries:
        kinds = [
            (
                name,
                type(converter).__name__.removesuffix("Converter").lower().replace("string", "str"),
            )
            for name, converter in entry.pattern.converters.items()
        ]
        if hasattr(entry, "url_patterns"):
            inner = f"{space}{entry.app_name}:" if entry.app_name else space
            for route, more in _patterns(entry.url_patterns, inner):
                yield route, [*kinds, *more]
        elif entry.name:
            yield f"{space}{entry.name}", kinds
