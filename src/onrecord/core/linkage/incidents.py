"""Which cases may be records of one thing that happened: by days, subject, sort of record and parties.

What is alleged is never compared: two complaints of one kind about one person are no likelier
to be one incident for it. That a subject is shared follows from who is who; parties are told of by
the compartment in one word. What sources and people judged of two cases is read beside it: it is
never weighed again, but a case that is one with another is as near to it as any.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import duckdb
import pyarrow as pa
import yaml

from onrecord.core.linkage.clustering import Pair
from onrecord.core.snapshots.clusters import member_sql

KINDS_READ = (
    "case_reported",
    "incident",
    "allegation",
    "party_role",
    "identity_judgement",
    "person_record",
    "incident_judgement",
)


@dataclass(frozen=True, slots=True)
class Level:
    """One way in which two cases may compare, what it is called, and how much it speaks for one incident."""

    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class IncidentSpec:
    """How cases are compared; every weight is stated in a file, none is learned."""

    name: str
    version: int
    prior: float
    days: int
    happened: tuple[tuple[int, Level], ...]
    reports: tuple[str, ...]
    standards: tuple[str, ...]
    sorts_differ: Level
    sorts_same: Level
    parties: Mapping[str, Level]
    rival: Level
    automatic: float
    desk: float

    @property
    def least_asked(self) -> float:
        """Return from which weight on the compartment's word can bring two cases to a person."""
        return self.desk - max(level.weight for level in self.parties.values())


@dataclass(frozen=True, slots=True)
class WeighedCases:
    """Two cases, how much speaks for one incident, and why in words."""

    one: str
    other: str
    weight: float
    words: str


@cache
def incident_spec() -> IncidentSpec:
    """Return the specification that comes with the program."""
    text = files("onrecord.core.linkage").joinpath("incidents.yaml").read_text("utf-8")
    given: dict[str, Any] = yaml.safe_load(text)
    sorts = given["sorts"]
    return IncidentSpec(
        name=given["name"], version=given["version"], prior=given["prior"], days=given["days"],
        happened=tuple((each["within"], _level(each)) for each in given["happened"]),
        reports=tuple(sorts["report"]), standards=tuple(sorts["standards"]),
        sorts_differ=_level(sorts["differ"]), sorts_same=_level(sorts["same"]),
        parties={answer: _level(each) for answer, each in given["parties"].items()},
        rival=_level(given["rival"]), automatic=given["automatic"], desk=given["desk"],
    )  # fmt: skip


def _level(given: Mapping[str, Any]) -> Level:
    return Level(given["words"], float(given["weight"]))


def make_reports(con: duckdb.DuckDBPyConnection) -> None:
    """Make `report(case_lineage, person, sort, occurred, member)` of a record that is open.

    There is a row for each case and subject. `member` is the incident that the source names, else
    the case itself: cases of one member are one incident already.
    """
    con.execute(f"""
    create or replace temp table report as
    with subject as (
      select case_lineage, record_lineage from allegation where record_lineage is not null
      union select case_lineage, record_lineage from party_role
             where role = 'subject' and record_lineage is not null),
    alleged as (
      select case_lineage, min(coalesce(occurred_on, happened_from)) as occurred from allegation group by 1)
    select distinct c.lineage as case_lineage, coalesce(p.cluster, s.record_lineage) as person,
           c.case_type as sort, coalesce(a.occurred, c.happened_from, i.happened_from) as occurred,
           {member_sql("c.incident", "c.lineage")} as member
      from case_reported c join subject s on s.case_lineage = c.lineage
      left join person_cluster p on p.member = s.record_lineage
      left join alleged a on a.case_lineage = c.lineage
      left join incident i on i.lineage = c.incident""").fetchall()


def weighed_cases(
    con: duckdb.DuckDBPyConnection, spec: IncidentSpec, answers: Mapping[Pair, str], *, least: float,
    apart: Collection[Pair] = (),
) -> list[WeighedCases]:  # fmt: skip
    """Return pairs of the cases in `report` that may be one thing that happened, of at least this weight.

    `answers` says, for pairs of cases, what the compartment answered of their parties; `apart` are
    pairs that somebody judged to be two, which stand in nobody's way.
    """
    con.register("answers_given", _table(("one", "other", "said"), [
        (one, other, said) for (one, other), said in answers.items()
    ]))  # fmt: skip
    con.register("apart", _table(("one", "other"), list(apart)))
    found = con.execute(_sql(spec)).fetchall()
    con.unregister("answers_given")
    con.unregister("apart")
    weighed = (_weighed(spec, row) for row in found)
    return sorted(
        (each for each in weighed if each.weight >= least),
        key=lambda each: (-each.weight, each.one, each.other),
    )


def _sql(spec: IncidentSpec) -> str:
    """Return what selects each pair within reach, how it compares, and whether it has a rival.

    A case that sources or people hold to be one with either of the two is a rival as any other.
    """
    return f"""
    with sorted_report as (
      select *, case when sort in ({_listed(spec.reports)}) then 'report'
                     when sort in ({_listed(spec.standards)}) then 'standards' else sort end as side
        from report where occurred is not null),
    near_by as (
      select a.case_lineage as one, b.case_lineage as other, bool_or(a.member = b.member) as is_told,
             min(abs(datediff('day', a.occurred, b.occurred))) as days, bool_or(a.side <> b.side) as differ
        from sorted_report a join sorted_report b
          on a.person = b.person and a.case_lineage < b.case_lineage
         and abs(datediff('day', a.occurred, b.occurred)) <= {spec.days}
       group by 1, 2),
    pair as (
      select n.* from near_by n
        anti join apart t on t.one = cast(n.one as varchar) and t.other = cast(n.other as varchar)),
    ended as (select one as case_at, days from pair where differ
              union all select other, days from pair where differ),
    nearest as (select case_at, min(days) as days from ended group by 1),
    near as (select case_at, days, count(*) as many from ended join nearest using (case_at, days) group by 1, 2)
    select cast(p.one as varchar), cast(p.other as varchar), p.days, p.differ,
           coalesce(n.many > 1 or n.days < p.days, false) or coalesce(m.many > 1 or m.days < p.days, false),
           g.said
      from pair p left join near n on n.case_at = p.one left join near m on m.case_at = p.other
      left join answers_given g on g.one = cast(p.one as varchar) and g.other = cast(p.other as varchar)
     where not p.is_told"""


def _weighed(spec: IncidentSpec, row: tuple[str, str, int, bool, bool, str | None]) -> WeighedCases:
    one, other, days, differ, has_rival, said = row
    parts = [
        next(level for within, level in spec.happened if days <= within),
        spec.sorts_differ if differ else spec.sorts_same,
    ]
    if has_rival and differ:
        parts.append(spec.rival)
    if said is not None and said in spec.parties:
        parts.append(spec.parties[said])
    weight = spec.prior + sum(part.weight for part in parts)
    told = sorted(parts, key=lambda part: -part.weight)
    words = "; ".join(f"{part.words} ({part.weight:+.0f})" for part in told)
    return WeighedCases(one, other, weight, f"One subject; {words}. Together {weight:.1f}")


def _table(names: tuple[str, ...], rows: list[tuple[str, ...]]) -> pa.Table:
    return pa.table({
        name: pa.array([row[place] for row in rows], pa.string()) for place, name in enumerate(names)
    })  # fmt: skip


def _listed(values: Iterable[str]) -> str:
    return ", ".join(f"'{value}'" for value in values)
