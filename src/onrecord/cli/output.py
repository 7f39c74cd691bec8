"""What a verb prints: for a person, or as JSON for a script. Progress goes to stderr."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Timer
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for a script.")
"""The option every verb with a result has; the verb's parameter is `as_json`."""

_SHOW_AFTER_SECONDS = 1.0


def print_json(result: Mapping[str, Any]) -> None:
    """Print one JSON object on stdout; dates and identifiers as text."""
    click.echo(json.dumps(result, indent=2, default=str, ensure_ascii=False))


def print_table(headers: Sequence[str], rows: Iterable[Sequence[object]], title: str = "") -> None:
    """Print rows in columns; whole numbers get their thousands apart."""
    table = Table(*headers, title=title or None, title_justify="left")
    for row in rows:
        table.add_row(*map(_shown, row))
    # A width of its own when piped: 80 columns would cut references in two.
    Console(width=None if sys.stdout.isatty() else 160, markup=False).print(table)


def print_facts(pairs: Mapping[str, object]) -> None:
    """Print names and values, one a line, the values under each other."""
    width = max(map(len, pairs), default=0)
    for name, value in pairs.items():
        click.echo(f"{name:<{width}}  {_shown(value)}")


class Steps:
    """How far a piece of work has come."""

    def __init__(self, bar: Progress | None, description: str, total: float | None) -> None:
        """Report to `bar`, or to nobody."""
        self._bar = bar
        self._task = bar.add_task(description, total=total) if bar else None

    def advance(self, by: float = 1) -> None:
        """Say that `by` more is done."""
        if self._bar is not None and self._task is not None:
            self._bar.advance(self._task, by)

    def update(self, *, done: float | None = None, total: float | None = None,
               description: str | None = None) -> None:  # fmt: skip
        """Say how much is done, how much there is, or what is being done now."""
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=done, total=total, description=description)


@contextmanager
def progress(description: str, total: float | None = None) -> Iterator[Steps]:
    """Show a bar on stderr for work beyond a second; nothing where nobody watches."""
    if not sys.stderr.isatty():
        yield Steps(None, description, total)
        return
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    timer = _started_late(bar)
    try:
        yield Steps(bar, description, total)
    finally:
        timer.cancel()
        timer.join()
        bar.stop()


def _started_late(bar: Progress) -> Timer:
    timer = Timer(_SHOW_AFTER_SECONDS, bar.start)
    timer.daemon = True
    timer.start()
    return timer


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    return "" if value is None else str(value)
