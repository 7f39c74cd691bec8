"""`onrecord assure`: put a promise to the test at length, and write down how it went."""

import shutil
import subprocess
import time
from importlib import import_module
from pathlib import Path

import click

from onrecord.cli import assurances
from onrecord.cli.assurances.reporting import Report, write_page
from onrecord.cli.output import json_option, print_json
from onrecord.cli.session import as_demonstration
from onrecord.core.kernel.errors import UsageError, VerificationFailedError

_FOLDER = Path(assurances.__file__).parent
_NOT_ASSURANCES = {"__init__", "reporting"}


def names() -> list[str]:
    """Return every assurance there is a file for."""
    return sorted(path.stem for path in _FOLDER.glob("*.py") if path.stem not in _NOT_ASSURANCES)


@click.command()
@click.argument("name")
@click.option(
    "--seed", type=int, default=1, show_default=True, help="The same seed tries the same things."
)
@click.option(
    "--times", type=int, default=0, help="How often; by default as often as a full run does."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("docs/assurance"),
    show_default=True,
    help="The folder of pages and figures.",
)
@json_option
def command(*, name: str, seed: int, times: int, out: Path, as_json: bool) -> None:
    """Run the assurance NAME in a home of its own and write its page."""
    if name not in names():
        raise UsageError(
            f"There is no assurance '{name}'.", next_step=f"There are: {', '.join(names())}."
        )
    as_demonstration()
    module = import_module(f"onrecord.cli.assurances.{name}")
    started = time.perf_counter()
    report: Report = module.run(seed, times or module.FULL)
    page = write_page(report, out, seconds=time.perf_counter() - started, commit=_commit())
    if as_json:
        print_json({"name": name, "seed": seed, "held": report.held, "counts": report.counts,
                    "failures": report.failures, "page": str(page)})  # fmt: skip
    else:
        click.echo(f"{name}: {'held' if report.held else 'DID NOT HOLD'}. {page}")
    if not report.held:
        raise VerificationFailedError(
            f"The assurance '{name}' did not hold.",
            next_step=f"See {page}; seed {seed} repeats it.",
        )


def _commit() -> str:
    git = shutil.which("git")
    if git is None:
        return "unknown"
    answer = subprocess.run(
        [git, "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return answer.stdout.strip() or "unknown"
