"""`onrecord evaluate WHAT`: measure on sets with truth, and write the generated page."""

import json
import tempfile
from pathlib import Path
from typing import Any

import click

from onrecord.cli.benches.homes import data_folder
from onrecord.cli.benches.measuring import machine, versions
from onrecord.cli.evaluating_patterns import evaluate_patterns
from onrecord.cli.evaluating_worlds import evaluate_worlds
from onrecord.cli.output import json_option, print_json
from onrecord.cli.session import as_demonstration
from onrecord.core.kernel.clock import now
from onrecord.core.kernel.errors import UsageError, VerificationFailedError
from onrecord.core.linkage.evaluating import Evaluation, evaluate
from onrecord.core.linkage.reporting import as_json as figures_of
from onrecord.core.linkage.reporting import page as page_of
from onrecord.core.linkage.sets import SETS

_WHAT = ("linkage", "world", "patterns")


@click.command()
@click.argument("what", type=click.Choice(_WHAT))
@click.option("--set", "names", multiple=True, help="Which sets; by default all that are there.")
@click.option(
    "--data", type=click.Path(path_type=Path, file_okay=False), help="Where the sets' files lie."
)
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("docs/evaluation"), show_default=True,
    help="The folder of the page and its figures.",
)  # fmt: skip
@click.option(
    "--scale",
    type=click.Choice(["small", "force"]),
    default="force",
    show_default=True,
    help="How large the worlds are.",
)
@click.option(
    "--seed",
    "seeds",
    multiple=True,
    type=int,
    default=(11, 12),
    show_default=True,
    help="Which worlds.",
)
@click.option(
    "--source",
    default="chicago_asof_2016",
    show_default=True,
    help="For patterns: the description of what is imported and replayed, by name or file.",
)
@click.option(
    "--protocol",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="For patterns: another protocol than the one that is shipped.",
)
@json_option
def command(
    *, what: str, names: tuple[str, ...], data: Path | None, out: Path, scale: str, seeds: tuple[int, ...],
    source: str, protocol: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Measure WHAT against truth: linkage on sets or demonstration worlds, or patterns by replay.

    A target that is missed is said, and ends with exit code 5.
    """
    if what == "world":
        as_demonstration()
        told = evaluate_worlds(scale, seeds, out)
        _end(told, told["missed"], out / "world.md", as_json=as_json)
        return
    folder = data or data_folder()
    if folder is None:
        raise UsageError(
            "The sets are not here.", next_step="Say where they lie with --data or ONRECORD_DATA."
        )
    if what == "patterns":
        told = evaluate_patterns(source, folder, protocol, out)
        _end(told, told["missed"], out / "patterns.md", as_json=as_json)
        return
    unknown = [name for name in names if name not in SETS]
    if unknown:
        raise UsageError(
            f"There is no set {unknown[0]!r}.", next_step=f"There are {', '.join(SETS)}."
        )
    chosen = [SETS[name] for name in names] or [each for each in SETS.values() if each.targets]
    found: list[Evaluation] = []
    for each in chosen:
        if not each.is_there(folder):
            click.echo(f"{each.name}: its files are not in {folder}", err=True)
            continue
        with tempfile.TemporaryDirectory(prefix="onrecord-evaluate-") as work:
            found.append(evaluate(each, folder, Path(work)))
        click.echo(_line(found[-1]), err=True)
    kept = _keep(found, out)
    missed = [m for each in kept["sets"] for m in each["missed"]]
    _end(kept, missed, out / "linkage.md", as_json=as_json)


def _end(kept: dict[str, Any], missed: list[str], page: Path, *, as_json: bool) -> None:
    if as_json:
        print_json(kept)
    else:
        click.echo(f"{page}")
    if missed:
        raise VerificationFailedError("Missed: " + "; ".join(missed), next_step=f"See {page}.")


def _line(one: Evaluation) -> str:
    return (
        f"{one.name}: precision {one.linked.precision:.5f}, recall {one.linked.recall:.5f},"
        f" F1 {one.linked.f1:.5f}"
    )


def _keep(found: list[Evaluation], out: Path) -> dict[str, list[dict[str, Any]]]:
    """Write the figures, those of earlier runs of other sets kept, and the page made of them."""
    out.mkdir(parents=True, exist_ok=True)
    file = out / "linkage.json"
    before = json.loads(file.read_text(encoding="utf-8"))["sets"] if file.is_file() else []
    about = {"at": now().date().isoformat(), "machine": machine(), "versions": versions()}
    fresh = {one.name: figures_of(one, SETS[one.name].targets) | about for one in found}
    kept = {"sets": [*(each for each in before if each["name"] not in fresh), *fresh.values()]}
    kept["sets"].sort(key=lambda each: list(SETS).index(each["name"]))
    file.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    (out / "linkage.md").write_text(page_of(kept["sets"]), encoding="utf-8")
    return {"sets": [fresh[one.name] for one in found]}
