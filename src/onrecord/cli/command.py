"""The command itself: finds verbs by the files in `verbs/`, and turns errors into exit codes."""

from importlib import import_module
from pathlib import Path
from typing import NoReturn

import click

from onrecord import __version__
from onrecord.cli.errors import run_to_exit_code

_VERBS = Path(__file__).parent / "verbs"


class VerbGroup(click.Group):
    """Verbs are files: `verbs/known_then.py` holds `command` and is `onrecord known-then`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return every verb there is a file for."""
        del ctx
        found = (path.stem for path in _VERBS.glob("*.py") if not path.stem.startswith("_"))
        return sorted(name.rstrip("_").replace("_", "-") for name in found)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one verb."""
        if cmd_name not in self.list_commands(ctx):
            return None
        name = cmd_name.replace("-", "_")
        # `import` is a word of the language: its file is `import_.py`.
        stem = name if (_VERBS / f"{name}.py").is_file() else f"{name}_"
        command = import_module(f"onrecord.cli.verbs.{stem}").command
        return command if isinstance(command, click.Command) else None


@click.group(cls=VerbGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="onrecord")
def onrecord() -> None:
    """What was known about police conduct, when, and by whom.

    Exit codes: 0 done, 1 unexpected, 2 usage, 3 data rejected, 4 not permitted,
    5 verification failed, 130 interrupted.
    """


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run one verb and leave with its exit code."""
    raise SystemExit(
        run_to_exit_code(lambda: onrecord(arguments, prog_name="onrecord", standalone_mode=False))
    )
