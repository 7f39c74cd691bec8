"""DuckDB and Spark come to the same people, by the same model, of the same mentions."""

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from onrecord.cli.assurances.reporting import Report
from onrecord.cli.benches.homes import data_folder
from onrecord.core.linkage.engines import engine_named
from onrecord.core.linkage.linking import Linked, link
from onrecord.core.linkage.sets import SETS
from onrecord.core.linkage.specs import LinkSpec, shipped_spec
from onrecord.core.linkage.standardising import RAW, prepare, standardised_sql

FULL = 3_000
SAME_WEIGHT = 1e-6
_REAL = {
    "febrl4-names": "",
    "chicago": "where source in (select distinct source from ({0}) order by 1 limit 2)",
}
_PROMISE = (
    "One model, learned on DuckDB, links the same mentions on DuckDB and on Apache Spark (local[2], or the"
    " cluster that ONRECORD_SPARK_MASTER names). Both bring the same pairs together, give each the same"
    f" weight to {SAME_WEIGHT}, and come to the same people, from the weight on at which a person is asked and from"
    " that on at which nobody is. Covered: invented people, and where the shared data is there FEBRL 4 by name and"
    " date of birth, and two extracts of Chicago's officers. Not covered: a cluster of several machines."
)


def run(seed: int, times: int) -> Report:
    """Link `times` invented people, and the real sets that are there, on both."""
    report = Report("engines", seed, _PROMISE)
    with tempfile.TemporaryDirectory(prefix="onrecord-engines-") as folder:
        for name, spec, mentions in _sets(Path(folder), seed, times):
            _compare(report, name, spec, mentions, Path(folder))
    return report


def _compare(report: Report, name: str, spec: LinkSpec, mentions: Path, work: Path) -> None:
    first = _linked("duckdb", spec, mentions, work, None)
    second = _linked("spark", spec, mentions, work, first.model)
    ours, theirs = _weights(first), _weights(second)
    apart = max((abs(ours[pair] - theirs[pair]) for pair in ours.keys() & theirs.keys()), default=0)
    report.counts |= {
        f"{name}: mentions": first.mentions, f"{name}: pairs": len(ours),
        f"{name}: pairs that only one of them has": len(ours.keys() ^ theirs.keys()),
        f"{name}: greatest difference in weight": round(apart, 9),
    }  # fmt: skip
    if ours.keys() != theirs.keys() or apart > SAME_WEIGHT:
        report.failures.append(f"{name}: pairs or weights are not the same.")
    for least in (spec.desk, spec.automatic):
        one, other = _people(first, least), _people(second, least)
        differ = sum(one.get(m, m) != other.get(m, m) for m in one.keys() | other.keys())
        report.counts[f"{name}: mentions of another person, from {least:g} on"] = differ
        if differ:
            report.failures.append(f"{name}: people are not the same from {least:g} on.")


def _linked(
    name: str, spec: LinkSpec, mentions: Path, work: Path, model: dict[str, Any] | None
) -> Linked:
    with (
        tempfile.TemporaryDirectory(dir=work) as spill,
        engine_named(name, memory="4GB", spill=Path(spill)) as engine,
    ):
        return link(spec, mentions, engine, work=Path(spill), least=spec.desk, model=model)


def _weights(linked: Linked) -> dict[tuple[str, str], float]:
    rows = linked.candidates.to_pydict()
    return {
        (min(one, other), max(one, other)): weight
        for one, other, weight in zip(rows["one"], rows["other"], rows["weight"], strict=True)
    }


def _people(linked: Linked, least: float) -> dict[str, str]:
    rows = linked.people(least).to_pydict()
    return dict(zip(rows["mention"], rows["person"], strict=True))


def _sets(work: Path, seed: int, times: int) -> Iterator[tuple[str, LinkSpec, Path]]:
    invented = _shaped(work / "invented.parquet", "select * from given", _invented(seed, times))
    yield "invented", shipped_spec("febrl-names"), invented
    data = data_folder()
    for name, only in _REAL.items():
        if data is not None and SETS[name].is_there(data):
            given = SETS[name].select(data)
            sql = f"select * exclude (truth) from ({given}) {only.format(given)}"
            yield name, shipped_spec(SETS[name].spec), _shaped(work / f"{name}.parquet", sql, None)


def _shaped(out: Path, sql: str, given: pa.Table | None) -> Path:
    with duckdb.connect() as connection:
        prepare(connection)
        if given is not None:
            connection.register("given", given)
        connection.execute(f"create table written as {sql}").fetchall()
        columns = [row[0] for row in connection.execute("describe written").fetchall()]
        shaped = standardised_sql("written", [name for name in columns if name in RAW])
        connection.execute(f"copy ({shaped}) to '{out}' (format parquet)").fetchall()
    return out


def _invented(seed: int, people: int) -> pa.Table:
    chance = random.Random(seed)  # noqa: S311 - invented people
    syllables = ("ba", "cor", "del", "fen", "gar", "hol", "kin", "lam", "mor", "nes", "pel", "rud")
    rows = []
    for person in range(people):
        family, given = ("".join(chance.choices(syllables, k=3)) for _ in range(2))
        born = f"{chance.randint(1950, 1999)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
        for copy in range(2):
            spelt = family.replace("o", "x", 1) if copy and chance.random() < 0.3 else family  # noqa: PLR2004 - a share
            rows.append((f"{person}-{copy}", f"s{copy}", spelt, given, born))
    names = ("mention", "source", "family", "given", "birth_date")
    return pa.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))
