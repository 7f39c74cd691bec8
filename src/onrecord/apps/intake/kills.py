"""Kill imports at seeded moments and look at what they left: a whole batch or none of it.

Each round is a source of its own, so that no round can hide behind another. The
rows are invented. What is killed is a process that this module started.
"""

import random
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection

from onrecord.apps.intake.models import Batch
from onrecord.apps.intake.services import IMPORT_LOCK
from onrecord.core.kernel.kinds import KINDS

type Start = Callable[[Path, Path], subprocess.Popen[bytes]]
"""Starts an import of the description in one file from the data in a folder."""

_DESCRIPTION = """
onrecord: 1
name: {name}
title: Invented rows for a round of kills
holder: KILLS:{holder}
extract_date: 2016-03-31
tables: {{rows: {{file: rows.csv}}}}
people: {{officer: {{key: [officer]}}}}
defaults: {{rows: {{case: [ref], known: received, happened: received, record: officer}}}}
facts:
  - {{kind: case_reported, from: rows,
     columns: {{reference: ref, case_type: {{value: complaint}}, reported_on: received}}}}
  - {{kind: person_record, from: rows, person: officer, known: extract, columns: {{service_number: officer}}}}
  - {{kind: allegation, from: rows, key: [ref], columns: {{category: what}}}}
  - {{kind: disposition, from: rows,
     columns: {{allegation: {{key: [ref]}}, wording: what, disposition_class: {{value: unresolved}}}}}}
"""
_OFFICERS = 500
_WAIT_SECONDS = 60


@dataclass(slots=True)
class KillReport:
    """What the rounds left: every kill must be in `left_all` or `left_none`."""

    seed: int
    kills: int = 0
    left_all: int = 0
    left_none: int = 0
    finished_first: int = 0
    completed: int = 0
    half: list[str] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)

    @property
    def is_well(self) -> bool:
        """Tell whether no batch was half there and every one could be completed."""
        return not self.half and self.completed == self.kills + self.finished_first


def kill_imports(
    start: Start, folder: Path, *, kills: int, seed: int, rows: int
) -> Iterator[KillReport]:
    """Kill `kills` imports, each at a moment drawn from `seed`, and re-run each to its end.

    Yields the report after every round.
    """
    chance = random.Random(seed)  # noqa: S311 - moments to kill at, not secrets
    data = _rows(folder, chance, rows)
    whole = _whole_import(start, folder, data, rows)
    report = KillReport(seed)
    while report.kills < kills:
        name = f"kills_{seed}_{report.kills + report.finished_first}"
        description = _description(folder, name)
        moment = chance.uniform(whole / 4, whole)  # before that it has hardly started
        running = start(description, data)
        with suppress(subprocess.TimeoutExpired):
            running.wait(timeout=moment)
        was_killed = running.poll() is None
        if was_killed:
            running.send_signal(signal.SIGKILL)
        running.wait()
        report.moments.append(round(moment, 3))
        report.kills += was_killed
        report.finished_first += not was_killed
        _judge(report, name, rows, was_killed=was_killed)
        _run_to_end(start, description, data)
        report.completed += (
            _facts_of(name) == _expected(rows) and Batch.objects.filter(source=name).count() == 1
        )
        yield report


def _judge(report: KillReport, name: str, rows: int, *, was_killed: bool) -> None:
    """Say whether what is there is all or nothing, once the server has noticed."""
    _wait_for_server()
    found, batches = _facts_of(name), Batch.objects.filter(source=name).count()
    if found == _expected(rows) and batches == 1:
        report.left_all += was_killed
    elif not any(found.values()) and not batches:
        report.left_none += was_killed
    else:
        report.half.append(f"{name}: {batches} batches, {found}")


def _wait_for_server() -> None:
    """Wait until the server has ended what the killed process had begun."""
    deadline = time.monotonic() + _WAIT_SECONDS
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute("select pg_try_advisory_lock(%s)", [IMPORT_LOCK])
            if cursor.fetchone()[0]:
                cursor.execute("select pg_advisory_unlock(%s)", [IMPORT_LOCK])
                return
            time.sleep(0.05)


def _expected(rows: int) -> dict[str, int]:
    return {
        "case_reported": rows,
        "person_record": min(rows, _OFFICERS),
        "allegation": rows,
        "disposition": rows,
    }


def _facts_of(name: str) -> dict[str, int]:
    """Count the facts there are of one round's source, whatever any batch says."""
    counts = {}
    with connection.cursor() as cursor:
        for kind in _expected(0):
            cursor.execute(
                f"select count(*) from {KINDS[kind].table} f join organisations_holder h on h.id ="
                f" f.holder_id where h.system = %s",
                [name.upper()],
            )
            counts[kind] = int(cursor.fetchone()[0])
    return counts


def _whole_import(start: Start, folder: Path, data: Path, rows: int) -> float:
    """Return how long an import takes that is left alone."""
    name = "kills_measure"
    before = time.monotonic()
    _run_to_end(start, _description(folder, name), data)
    if _facts_of(name) != _expected(rows):
        raise RuntimeError("The import that was left alone did not come in whole.")
    return time.monotonic() - before


def _run_to_end(start: Start, description: Path, data: Path) -> None:
    if code := start(description, data).wait():
        raise RuntimeError(f"An import that was left alone ended with exit code {code}.")


def _description(folder: Path, name: str) -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(_DESCRIPTION.format(name=name, holder=name.upper()), encoding="utf-8")
    return path


def _rows(folder: Path, chance: random.Random, rows: int) -> Path:
    lines = ["ref,officer,what,received"]
    lines += [
        f"C{n},{n % _OFFICERS},Sort {chance.randrange(20)},{chance.randrange(1990, 2016)}-0{chance.randrange(1, 10)}-11"
        for n in range(rows)
    ]
    (folder / "rows.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder
