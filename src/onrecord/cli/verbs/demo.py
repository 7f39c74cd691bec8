"""`onrecord demo`: an invented world on record, ready to look at."""

import json
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import session
from onrecord.cli.demonstrating import demonstration_account, run_review
from onrecord.cli.demonstration_desk import PEOPLE, lay_out_work
from onrecord.cli.output import json_option, print_facts, print_json, progress
from onrecord.cli.viewing import viewer_for

if TYPE_CHECKING:
    from onrecord.core.world.generating import World

_MARK = "world.json"
_REASON = "demonstration"


@click.command()
@click.option(
    "--scale",
    type=click.Choice(["small", "force", "national"]),
    default="small",
    show_default=True,
    help="How many invented people.",
)
@click.option("--seed", default=1, show_default=True, help="Another seed makes another world.")
@click.option("--no-serve", is_flag=True, help="Stop when everything is on record.")
@click.option("--port", default=8710, show_default=True, type=click.IntRange(1, 65535))
@click.option("--no-open", is_flag=True, help="Do not open a browser.")
@click.option("--calibration", is_flag=True, help="Only write docs/demonstration-world.md.")
@json_option
def command(
    *,
    scale: str,
    seed: int,
    no_serve: bool,
    port: int,
    no_open: bool,
    calibration: bool,
    as_json: bool,
) -> None:
    """Make an invented world, import it like any other source, and serve it.

    Forces, people and cases are invented. The same scale and seed make the same
    files. Give it a home of its own: ONRECORD_HOME says where.
    """
    if calibration:
        _calibrate(seed)
        return
    started = time.monotonic()
    session.as_demonstration()
    with session.store() as store:
        result = _put_on_record(store, scale, seed)
        result["review"] = run_review(store)
        username, password = demonstration_account(store.home)
        lay_out_work(store.home, username, list(result["look_at"]))
        result["seconds"] = round(time.monotonic() - started, 2)
        if as_json:
            print_json(result)
        else:
            _show(result)
        if not no_serve:
            from onrecord.project.supervisor import serve

            click.echo(f"\nSign in as {username} with the password {password}", err=as_json)
            click.echo(f"With the same password: {', '.join(PEOPLE)}", err=as_json)
            serve(store.home, address="127.0.0.1", port=port, opens_browser=not no_open)


def _put_on_record(store: session.Store, scale: str, seed: int) -> dict[str, Any]:
    """Generate, import, copy and count; return what there is then."""
    from onrecord.core.world.generating import generate

    folder = store.home.root / "demo"
    in_store = "small" if scale == "national" else scale
    with progress("Making the world") as steps:
        world = generate(in_store, seed, _fresh(folder / "world"))
        _import(store, world, {"scale": in_store, "seed": seed}, steps)
        steps.update(description="copying to a snapshot")
        snapshots = _snapshot(store)
        if scale == "national":
            steps.update(description="writing the national snapshot")
            from onrecord.core.world.national import write_national

            snapshots = write_national(seed, _fresh(folder / "national"))
        counted = _counts(snapshots)
    shown: dict[str, Any] = counted | {"scale": scale, "seed": seed, "rows": world.rows}
    if scale == "national":
        shown["snapshot"] = str(snapshots)
        shown["through_the_store"] = f"{world.rows} source rows, as at --scale {in_store}"
    shown["look_at"] = world.look_at
    return shown


def _fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _import(store: session.Store, world: "World", which: dict[str, Any], steps: Any) -> None:
    """Import the world's sources; a different world that is on record is taken back first."""
    from onrecord.apps.intake.demonstration import import_world, take_back_world

    mark = store.home.root / "demo" / _MARK
    viewer = viewer_for("demo", reason=_REASON)
    actor = session.acting_as(reason=_REASON).actor
    if _read(mark) not in (None, which):
        take_back_world(viewer, actor=actor)
    mark.write_text(json.dumps(which), encoding="utf-8")
    import_world(
        viewer,
        actor=actor,
        extracts=world.extracts,
        imports=store.home.imports,
        told=lambda name: steps.update(description=f"importing {name.replace('_', ' ')}"),
    )


def _read(mark: Path) -> Any:
    return json.loads(mark.read_text("utf-8")) if mark.is_file() else None


def _snapshot(store: session.Store) -> Path:
    from onrecord.apps.facts.exporting import take_snapshot

    take_snapshot(store.home.snapshots)
    return store.home.snapshots


def _counts(snapshots: Path) -> dict[str, int]:
    """Count what a snapshot holds of the demonstration: people, incidents, cases, allegations."""
    from onrecord.core.snapshots.reading import open_snapshot

    kinds = (
        "person_record",
        "case_reported",
        "allegation",
        "identity_judgement",
        "incident_judgement",
    )
    with open_snapshot(snapshots).reading(kinds=kinds) as record:
        row = record.con.execute(_counts_sql()).fetchone()
    names = ("people", "incidents", "cases", "allegations")
    return dict(zip(names, row or (0, 0, 0, 0), strict=True))


def _counts_sql() -> str:
    from onrecord.core.snapshots.clusters import episode_sql, member_sql

    episode, member = (
        episode_sql("k.cluster", "r.incident", "r.lineage"), member_sql("r.incident", "r.lineage")
    )  # fmt: skip
    return f"""
select
  (select count(distinct coalesce(c.cluster, p.lineage))
   from person_record p left join person_cluster c on c.member = p.lineage),
  (select count(distinct {episode})
   from case_reported r left join incident_cluster k on k.member = {member}),
  (select count(*) from case_reported),
  (select count(*) from allegation)
"""  # noqa: S608 - names of the program's own


def _show(result: dict[str, Any]) -> None:
    print_facts(
        {
            "people": result["people"],
            "incidents": result["incidents"],
            "cases": result["cases"],
            "allegations": result["allegations"],
            "seconds": result["seconds"],
        }
    )
    click.echo("Everything here is invented. Two people to look at:")
    for who, what in result["look_at"].items():
        click.echo(
            f'  onrecord known-then {who} --on 2020-08-01 --reason "a first look"   ({what})'
        )
    review = result["review"]
    click.echo(
        f"The reported review selects {review['cases']:,} cases about {review['people']:,} people:"
        ' onrecord cohort reported-review --reason "a first look"'
    )


def _calibrate(seed: int) -> None:
    """Write the page that says what the world was fitted to, and what it came to."""
    import tempfile

    from onrecord.core.world.calibration import page
    from onrecord.core.world.generating import generate

    target = Path("docs/demonstration-world.md")
    if not target.parent.is_dir():
        from onrecord.core.kernel.errors import UsageError

        raise UsageError(
            "There is no folder docs here.", next_step="Run it from the root of the repository."
        )
    with tempfile.TemporaryDirectory() as folder, progress("Making the world"):
        world = generate("force", seed, Path(folder))
        target.write_text(page(world, seed), encoding="utf-8")
    click.echo(f"Written: {target}")
