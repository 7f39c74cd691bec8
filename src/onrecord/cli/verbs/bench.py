"""`onrecord bench`: measure, and keep the figures with machine and versions."""

from collections.abc import Iterator
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

import click

from onrecord.cli.benches.measuring import Result, keep, machine, versions
from onrecord.cli.output import json_option, print_json, print_table
from onrecord.cli.session import as_demonstration
from onrecord.core.kernel.errors import UsageError

BENCHES = (
    "asking", "chicago", "demonstration", "growth", "linkage", "looking", "patterns", "search", "work"
)  # fmt: skip


@click.command()
@click.argument("name", required=False)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("docs/figures"),
    show_default=True,
    help="The folder of figures.",
)
@json_option
def command(*, name: str | None, out: Path, as_json: bool) -> None:
    """Measure NAME, or everything there is a bench for, in throw-away homes.

    Nothing here is a test: a figure that misses its target is printed as missed.
    """
    as_demonstration()
    if name and name not in BENCHES:
        raise UsageError(
            f"There is no bench '{name}'.", next_step=f"There are: {', '.join(BENCHES)}."
        )
    results = list(_measure((name,) if name else BENCHES))
    path = keep(results, out, name or "all")
    if as_json:
        print_json(
            {
                "results": [asdict(each) for each in results],
                "machine": machine(),
                "versions": versions(),
            }
        )
    else:
        print_table(
            ["figure", "value", "unit", "target", "met", "covered"],
            [[r.name, f"{r.value:,}", r.unit, r.target, _said(r.met), r.coverage] for r in results],
        )
        click.echo(f"Kept in {path}.")


def _measure(names: tuple[str, ...]) -> Iterator[Result]:
    for name in names:
        click.echo(f"measuring: {name}", err=True)
        for result in import_module(f"onrecord.cli.benches.{name}").measure():
            click.echo(f"  {result.name}: {result.value:,} {result.unit}", err=True)
            yield result


def _said(met: bool | None) -> str:
    return {True: "met", False: "MISSED", None: ""}[met]
