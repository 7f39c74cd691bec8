"""How long linkage takes with a million records: beside bare Splink, what is new, growth, memory."""

import math
import multiprocessing
import os
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from onrecord.cli.benches.measuring import Result, at_most

RECORDS, NEW = 1_000_000, 10_000
SMALL, LARGE = 100_000, 10_000_000
SPEC = "people"
MEMORY = "3GB"
"""What DuckDB may hold before it writes to disk; the process has more."""
SECONDS, RATIO, ADDED_SECONDS, MEMORY_MB, SLOPE = 60, 1.3, 10, 4096, 1.15
SYLLABLES = ("ba", "cor", "del", "fen", "gar", "hol", "kin", "lam", "mor", "nes", "pel", "rud",
             "sto", "tam", "win", "bri", "dun", "es", "fal", "gle")  # fmt: skip

type Figures = dict[str, float]


def measure() -> Iterator[Result]:
    """Link invented mentions, each run in a process of its own; 10⁷ where ONRECORD_BENCH_LARGE=1."""
    with tempfile.TemporaryDirectory(prefix="onrecord-bench-") as folder:
        work = Path(folder)
        small, whole = (_write(work / f"{many}.parquet", many) for many in (SMALL, RECORDS))
        short = _apart(_ours, small, work)
        ours = _apart(_ours, whole, work)
        yield from _told(ours, _apart(_bare, whole, work))
        added = _apart(_added, whole, work)
        yield at_most(
            f"{NEW:,} new records into {RECORDS:,}", added["seconds"], "s", ADDED_SECONDS,
            "from a file in one shape to people, by a model learned before",
        )  # fmt: skip
        yield _slope("growth from 10⁵ to 10⁶ records", short, ours, RECORDS / SMALL)
        if os.environ.get("ONRECORD_BENCH_LARGE") == "1":
            large = _apart(_ours, _write(work / "large.parquet", LARGE), work)
            yield Result("link 10⁷ records", large["seconds"], "s", coverage=_covered(LARGE))
            yield _slope("growth from 10⁶ to 10⁷ records", ours, large, LARGE / RECORDS)


def _told(ours: Figures, bare: Figures) -> Iterator[Result]:
    covered = _covered(RECORDS)
    yield at_most("link 10⁶ records", ours["seconds"], "s", SECONDS, covered)
    for step in ("read", "train", "score", "group", "score within", "take apart"):
        yield Result(f"of it: {step}", ours[step], "s", coverage=covered)
    yield Result("bare Splink, the same settings", bare["seconds"], "s", coverage=covered)
    yield at_most(
        "ours, of bare Splink", ours["seconds"] / bare["seconds"], "", RATIO,
        "training, scoring and clusters; each in a process of its own, one after the other",
    )  # fmt: skip
    yield at_most("memory, 10⁶ records", ours["memory"], "MB", MEMORY_MB, covered)


def _slope(name: str, before: Figures, after: Figures, times: float) -> Result:
    slope = math.log(after["seconds"] / before["seconds"]) / math.log(times)
    return at_most(name, slope, "slope", SLOPE, "log of seconds by log of records")


def _covered(many: int) -> str:
    return (
        f"{many:,} invented mentions of {many // 2:,} people, one in five misspelt; train to people"
    )


def _apart(what: Callable[[Path, Path], Figures], path: Path, work: Path) -> Figures:
    """Run something in a process of its own, and add how much memory it held at most, in MB."""
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        return pool.apply(_measured, (what, path, work))


def _measured(what: Callable[[Path, Path], Figures], path: Path, work: Path) -> Figures:
    with tempfile.TemporaryDirectory(dir=work) as spill:
        figures = what(path, Path(spill))
    return figures | {"memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def _ours(path: Path, spill: Path) -> Figures:
    from onrecord.core.linkage.engines import link_engine
    from onrecord.core.linkage.linking import link
    from onrecord.core.linkage.specs import shipped_spec

    spec = shipped_spec(SPEC)
    began = time.perf_counter()
    with link_engine(memory=MEMORY, spill=spill) as engine:
        linked = link(spec, path, engine, work=spill, least=spec.desk, sure=spec.automatic)
        linked.people(spec.automatic)
    return {"seconds": time.perf_counter() - began} | linked.seconds


def _bare(path: Path, spill: Path) -> Figures:
    """Do the same by Splink alone: its training, its scores, its connected components."""
    from splink import block_on

    from onrecord.core.linkage.engines import link_engine
    from onrecord.core.linkage.linking import told_columns
    from onrecord.core.linkage.specs import shipped_spec
    from onrecord.core.linkage.training import SEED, linker_for, quiet, settings_of

    began = time.perf_counter()
    with link_engine(memory=MEMORY, spill=spill) as engine:
        frame = engine.registered(path, "mentions")
        spec = shipped_spec(SPEC).of_what_is_told(told_columns(engine))
        linker = linker_for(settings_of(spec), frame)
        with quiet():
            learning = linker.training
            rules = [block_on(*rule) for rule in spec.training.prior_rules]
            learning.estimate_probability_two_random_records_match(
                rules, recall=spec.training.prior_recall
            )
            learning.estimate_u_using_random_sampling(max_pairs=spec.training.sample, seed=SEED)
            for rule in spec.training.passes:
                learning.estimate_parameters_using_expectation_maximisation(
                    block_on(*rule), estimate_without_term_frequencies=True,
                    record_sample_proportion=1.0,
                )  # fmt: skip
            pairs = linker.inference.predict(threshold_match_weight=spec.desk)
            linker.clustering.cluster_pairwise_predictions_at_threshold(
                pairs, threshold_match_weight=spec.automatic
            )
    return {"seconds": time.perf_counter() - began}


def _added(path: Path, spill: Path) -> Figures:
    from onrecord.core.linkage.adding import link_new
    from onrecord.core.linkage.engines import link_engine
    from onrecord.core.linkage.linking import link
    from onrecord.core.linkage.specs import shipped_spec

    spec = shipped_spec(SPEC)
    part = spill / "part.parquet"
    with duckdb.connect() as connection:
        connection.execute(
            f"copy (from read_parquet('{path}') limit 200000) to '{part}' (format parquet)"
        ).fetchall()
        new = [
            row[0]
            for row in connection.execute(
                f"select mention from read_parquet('{path}') limit {NEW}"
            ).fetchall()
        ]
    with link_engine(memory=MEMORY, spill=spill) as engine:
        model = link(spec, part, engine, work=spill, least=spec.desk, sure=spec.automatic).model
    began = time.perf_counter()
    with link_engine(memory=MEMORY, spill=spill) as engine:
        linked = link_new(spec, path, engine, new=new, work=spill, least=spec.desk,
                          sure=spec.automatic, model=model)  # fmt: skip
        linked.people(spec.automatic)
    return {"seconds": time.perf_counter() - began} | linked.seconds


def _write(path: Path, many: int) -> Path:
    """Write mentions in one shape, in any order: each person twice, by two sources."""
    from onrecord.core.linkage.standardising import prepare, standardised_sql

    with duckdb.connect() as connection:
        connection.execute("set threads = 2").fetchall()
        prepare(connection)
        connection.register("people", _people(many // 2))
        raw = """
          select person || '-' || copy as mention, 's' || copy as source, person as key,
                 case when copy = 1 and person % 5 = 0 then replace(family, 'o', 'u') else family end as family,
                 given, birth_date, number
            from people, (select unnest([0, 1]) as copy) order by hash(mention)"""
        given = ("mention", "source", "key", "family", "given", "birth_date", "number")
        connection.execute(
            f"copy ({standardised_sql(f'({raw})', given)}) to '{path}' (format parquet)"
        ).fetchall()
    return path


def _people(many: int) -> pa.Table:
    chance = random.Random(1)  # noqa: S311 - invented data, not secrets
    family, given = ([_name(chance) for _ in range(most)] for most in (60_000, 5_000))
    first = date(1950, 1, 1)
    days = [f"{first + timedelta(days=n):%Y%m%d}" for n in range(18_000)]
    columns: dict[str, list[Any]] = {
        "person": list(range(many)),
        "family": [family[int(60_000 * chance.random() ** 2)] for _ in range(many)],
        "given": [given[int(5_000 * chance.random() ** 2)] for _ in range(many)],
        "birth_date": [days[chance.randrange(18_000)] for _ in range(many)],
        "number": [str(chance.randrange(1, 1 + many)) for _ in range(many)],
    }
    return pa.table(columns)


def _name(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=3))
