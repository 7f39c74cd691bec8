"""How long it takes to ask who somebody is, against three hundred thousand people on record."""

import json
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from http.client import HTTPConnection
from os import environ
from pathlib import Path
from typing import Any

from onrecord.cli import session
from onrecord.cli.benches.homes import a_home, run
from onrecord.cli.benches.measuring import Result, at_most, percentile
from onrecord.core.kernel.clock import now
from onrecord.core.kernel.errors import OnrecordError
from onrecord.project.home import Home

PEOPLE = 300_000
FAMILY, GIVEN = 25_000, 4_000
"""How many names there are; a few are borne by very many, as they are by real people."""
ASKED = 300
WARM = 20
MEDIAN_MS, SLOW_MS = 20, 50
SYLLABLES = ("ba", "cor", "del", "fen", "gar", "hol", "kin", "lam", "mor", "nes", "pel", "rud",
             "sto", "tam", "win")  # fmt: skip
DESCRIPTION = """
onrecord: 1
name: invented_people
title: Invented people for measuring
holder: BENCH:PEOPLE
organisations: {BENCH: {name: Invented}}
extract_date: 2016-03-31
coverage: full
tables:
  officers: {file: officers.csv}
people:
  officer: {key: [key]}
facts:
  - {kind: person_record, from: officers, person: officer, known: joined,
     columns: {person_type: {value: officer}, family_name: surname, given_names: forename,
               birth_date: born, service_number: number}}
"""

type Person = tuple[str, str, date, int]


def measure() -> Iterator[Result]:
    """Import the people, each a second time with a slip in every fifth, learn, and ask."""
    with a_home() as home:
        people = _people()
        source = _write_source(home / "source", people)
        run(home, "holders")
        run(home, "import", str(source), "--data", str(source.parent))
        linked = run(home, "link")
        yield Result(
            "onrecord link, learning included", float(linked["seconds"]), "s",
            coverage=f"{linked['records']:,} records of invented people",
        )  # fmt: skip
        asked = [people[n] for n in random.Random(3).sample(range(len(people)), ASKED + WARM)]  # noqa: S311 - invented data
        yield from _told("in process", _in_process(home, asked))
        yield from _told("over HTTP, look recorded", _over_http(home, asked))


def _told(way: str, spent: list[float]) -> Iterator[Result]:
    covered = (
        f"{PEOPLE:,} people in {PEOPLE:,} records and more; {ASKED} asked one after another, warm"
    )
    yield at_most(
        f"one record, {way}, median", percentile(spent[WARM:], 0.5), "ms", MEDIAN_MS, covered
    )
    yield at_most(f"one record, {way}, p95", percentile(spent[WARM:], 0.95), "ms", SLOW_MS, covered)


def _in_process(home: Path, asked: list[Person]) -> list[float]:
    with session.store(Home(home)) as store:
        from onrecord.apps.linking.asking import Typed, who_may_it_be
        from onrecord.core.kernel.viewers import Viewer

        viewer = Viewer("bench", "local_operator", "BENCH", "local_operator", "measuring", "bench")
        spent = []
        for family, given, born, _ in asked:
            started = time.perf_counter()
            answer = who_may_it_be(
                viewer, Typed(family, given, birth_date=born), models=store.home.models
            )
            spent.append((time.perf_counter() - started) * 1000)
            _require_found(bool(answer.candidates))
        return spent


def _over_http(home: Path, asked: list[Person]) -> list[float]:
    run(
        home, "users", "create", "bench-feed", "--name", "Bench feed", "--role", "review_lead",
        "--organisation", "BENCH", "--service",
    )  # fmt: skip
    key = run(home, "keys", "make", "bench-feed", "--name", "bench", "--for", "person:search")[
        "key"
    ]
    heads = {"Authorization": f"Bearer {key}", "Content-Type": "application/json",
             "X-Forwarded-Proto": "https", "X-Reason": "measuring"}  # fmt: skip
    with _served(home) as connection:
        spent = []
        for family, given, born, _ in asked:
            wanted = {"family_name": family, "given_name": given, "birth_date": born.isoformat()}
            started = time.perf_counter()
            connection.request("POST", "/api/v1/match", json.dumps(wanted), heads)
            answer = connection.getresponse()
            told: dict[str, Any] = json.loads(answer.read())
            spent.append((time.perf_counter() - started) * 1000)
            _require_found(bool(told.get("people")))
        return spent


def _require_found(found: bool) -> None:
    if not found:
        raise OnrecordError("Somebody who is on record was not found: nothing here may be quoted.")


@contextmanager
def _served(home: Path) -> Iterator[HTTPConnection]:
    """Serve a home as it is served behind a proxy that speaks HTTPS, and connect to it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "onrecord", "serve", "--no-open", "--port", str(port)]
    surroundings = environ | {"ONRECORD_HOME": str(home), "ONRECORD_BEHIND_PROXY": "1"}
    served = subprocess.Popen(
        command, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        _wait_for(connection)
        yield connection
    finally:
        connection.close()
        served.terminate()
        served.wait(30)


def _wait_for(connection: HTTPConnection) -> None:
    until = now() + timedelta(seconds=60)
    while True:
        try:
            connection.request("GET", "/api/v1/whoami", headers={"X-Forwarded-Proto": "https"})
            connection.getresponse().read()
        except OSError as error:
            connection.close()
            if now() > until:
                raise OnrecordError(
                    "The home to be measured was not served within a minute."
                ) from error
            time.sleep(0.3)
        else:
            return


def _people() -> list[Person]:
    chance = random.Random(1)  # noqa: S311 - invented data, not secrets
    family, given = ([_name(chance) for _ in range(many)] for many in (FAMILY, GIVEN))
    return [
        (family[int(FAMILY * chance.random() ** 3)], given[int(GIVEN * chance.random() ** 2.5)],
         date(1950, 1, 1) + timedelta(days=chance.randrange(18_000)), number)
        for number in range(PEOPLE)
    ]  # fmt: skip


def _name(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=3)).capitalize()


def _write_source(folder: Path, people: list[Person]) -> Path:
    """Write everybody once, and every tenth a second time with a letter changed in some."""
    folder.mkdir(parents=True)
    with (folder / "officers.csv").open("w", encoding="utf-8") as file:
        file.write("key,surname,forename,born,number,joined\n")
        for family, given, born, number in people:
            file.write(f"{number},{family},{given},{born},{number},1999-01-01\n")
            if number % 10 == 0:
                slip = family.replace("o", "u", 1) if number % 50 == 0 else family
                file.write(f"{number}-2,{slip},{given},{born},{number},2009-01-01\n")
    path = folder / "description.yaml"
    path.write_text(DESCRIPTION, encoding="utf-8")
    return path
