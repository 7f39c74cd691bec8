"""How well linkage does on a demonstration world, whose truth is known: people, and cases of one incident.

People are linked by the model alone: no key list of any source is used. What is on record is then
spoilt further, level by level. The truth is read here and nowhere else.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from onrecord.core.kernel.ids import lineage_of
from onrecord.core.linkage.clustering import Pair
from onrecord.core.linkage.engines import link_engine
from onrecord.core.linkage.incidents import (
    KINDS_READ,
    IncidentSpec,
    incident_spec,
    make_reports,
    weighed_cases,
)
from onrecord.core.linkage.linking import link
from onrecord.core.linkage.measuring import PairFigures, Truth
from onrecord.core.linkage.mentions import GIVEN, write_mentions
from onrecord.core.linkage.specs import shipped_spec
from onrecord.core.linkage.standardising import prepare, standardised_sql
from onrecord.core.snapshots.reading import Snapshot

SPOILT: Mapping[str, int] = {"as it is": 0, "mildly spoilt": 5, "badly spoilt": 15}
"""Levels, each with the share in a hundred of values that are spoilt besides what the world does itself."""
MOVED: Mapping[str, int] = {"as it is": 0, "mildly spoilt": 5, "badly spoilt": 15}
"""The same for days on which something happened: so many in a hundred are moved by up to three days."""
GROUPS = ("sex", "heritage")


@dataclass(frozen=True, slots=True)
class PeopleFigures:
    """People at one level: pairs joined with nobody asked, those a person is asked of too, and by group."""

    level: str
    mentions: int
    automatic: PairFigures
    asked: PairFigures
    by_group: Mapping[str, PairFigures]


@dataclass(frozen=True, slots=True)
class EventFigures:
    """Cases of one incident at one level: joined with nobody asked, and with those a person is asked of.

    Attributes:
        untold: joined with nobody asked, had the compartment answered nothing.
    """

    level: str
    automatic: PairFigures
    untold: PairFigures
    asked: PairFigures


type Ask = Callable[[list[Pair]], Mapping[Pair, str]]
"""What asks the compartment of pairs of cases, each by the two lineages."""


def people_figures(snapshot: Snapshot, truth: Path, work: Path) -> Iterator[PeopleFigures]:
    """Link the person records of a snapshot by the model alone, at each level, and compare with truth."""
    spec = shipped_spec("people")
    written = write_mentions(snapshot, work / "mentions.parquet").path
    known = Truth(_people(truth))
    model = None
    for level, share in SPOILT.items():
        mentions = _spoilt(written, share, work / f"{share}.parquet")
        with link_engine(memory="2GB", spill=work) as engine:
            linked = link(spec, mentions, engine, work=work, least=spec.desk, model=model)
        model = model or linked.model  # one model for every level, as in use
        sure = linked.people(spec.automatic)
        yield PeopleFigures(
            level, linked.mentions, known.pairs(sure), known.pairs(linked.people(spec.desk)),
            {
                f"{column} {value}": known.pairs(sure, f"{column} = '{value}'")
                for column in GROUPS for value in known.groups(column)
            },
        )  # fmt: skip


def event_figures(snapshot: Snapshot, truth: Path, ask: Ask) -> Iterator[EventFigures]:
    """Find the cases of one incident in a snapshot, at each level; what sources say of it is hidden."""
    spec = incident_spec()
    true = _events(truth)
    for level, share in MOVED.items():
        with snapshot.reading(kinds=KINDS_READ) as record:
            make_reports(record.con)
            record.con.execute(
                "update report set occurred = occurred + (hash(case_lineage, 'by') % 7)::int - 3"
                f" where hash(case_lineage, 'whether') % 100 < {share}"
            ).fetchall()
            near = weighed_cases(record.con, spec, {}, least=spec.least_asked)
            told = ask([(each.one, each.other) for each in near])
            found = weighed_cases(record.con, spec, told, least=spec.desk)
        yield EventFigures(
            level, _compared(true, found, spec.automatic), _compared(true, near, spec.automatic),
            _compared(true, found, spec.desk),
        )  # fmt: skip


def specification() -> IncidentSpec:
    """Return by what cases were compared."""
    return incident_spec()


def _compared(true: frozenset[frozenset[str]], found: list, least: float) -> PairFigures:  # type: ignore[type-arg]
    linked = {frozenset((each.one, each.other)) for each in found if each.weight >= least}
    return PairFigures(len(linked & true), len(linked), len(true))


def _people(truth: Path) -> pa.Table:
    with duckdb.connect() as connection:
        rows = connection.execute(
            f"select r.holder, r.key, p.person, p.sex, p.heritage from read_parquet('{truth}/records.parquet') r"
            f" join read_parquet('{truth}/people.parquet') p using (person)"
        ).fetchall()
    return pa.table({
        "mention": [str(lineage_of(row[0], "person_record", row[1])) for row in rows],
        "truth": [str(row[2]) for row in rows], "sex": [row[3] for row in rows],
        "heritage": [row[4] for row in rows],
    })  # fmt: skip


def _events(truth: Path) -> frozenset[frozenset[str]]:
    """Return the pairs of cases that are one incident: those that arose, or a source truly says so."""
    with duckdb.connect() as connection:
        rows = connection.execute(
            f"""with c as (from read_parquet('{truth}/cases.parquet'))
            select a.org || ':' || a.system, a.ref, b.org || ':' || b.system, b.ref
              from c a join c b on b.org || ':' || b.system = coalesce(a.arose_system, a.same_as_system)
                               and b.ref = coalesce(a.arose_ref, a.same_as_ref)
             where a.arose_ref is not null or b.occurred <= a.reported"""
        ).fetchall()
    return frozenset(
        frozenset(
            (
                str(lineage_of(one, "case_reported", key)),
                str(lineage_of(other, "case_reported", ref)),
            )
        )
        for one, key, other, ref in rows
    )


def _spoilt(mentions: Path, share: int, out: Path) -> Path:
    """Write the mentions anew, `share` in a hundred of their values spoilt, the same for the same mention."""

    def at(what: str, spoilt: str, whole: str) -> str:
        return f"case when hash(mention, '{what}') % 100 < {share} then {spoilt} else {whole} end as {what}"

    swapped = "left(family, 1) || substr(family, 3, 1) || substr(family, 2, 1) || substr(family, 4)"
    turned = "left(birth_date, 4) || substr(birth_date, 7, 2) || substr(birth_date, 5, 2)"
    columns = (
        "mention", "source", "key", at("family", swapped, "family"), at("given", "left(given, 1)", "given"),
        at("middle", "null", "middle"), "suffix", at("birth_date", turned, "birth_date"), "birth_year",
        "sex", "ethnicity", "date '1900-01-01' + appointed::integer as appointed", at("number", "null", "number"),
        at("warrant", "null", "warrant"),
    )  # fmt: skip
    with duckdb.connect() as connection:
        prepare(connection)
        given = f"(select {', '.join(columns)} from read_parquet('{mentions}'))"
        connection.execute(
            f"copy ({standardised_sql(given, GIVEN)}) to '{out}' (format parquet)"
        ).fetchall()
    return out
