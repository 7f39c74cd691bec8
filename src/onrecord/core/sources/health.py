"""The import health report: what is missing in a source, by year, and what each hole does to a cohort.

Counts only: no value of any row is in it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from onrecord.core.kernel.kinds import Kind, Use
from onrecord.core.sources.candidates import kinds_made
from onrecord.core.sources.dangling import OnRecord, dangling, nothing_on_record
from onrecord.core.sources.formula_sql import identifier
from onrecord.core.sources.staging import Staged
from onrecord.core.sources.workbench import Workbench

type Report = dict[str, Any]


def health_report(
    bench: Workbench,
    staged: Mapping[str, Staged],
    *,
    notes: Sequence[str] = (),
    is_on_record: OnRecord = nothing_on_record,
) -> Report:
    """Return the report on the batch in `bench`, after it has been judged.

    `notes` are what comparing found to say; `is_on_record` answers for every source.
    """
    kinds = {kind.name: kind for kind in kinds_made(bench)}
    report: Report = {
        "source": bench.description.name,
        "extract_date": bench.extract_date.isoformat(),
        "tables": [
            {"table": name, "read": one.read, "blank": one.findings.blank_rows,
             "unreadable": len(one.findings.bad_rows)}
            for name, one in staged.items()
        ],
        "completeness": [row for kind in kinds.values() for row in _completeness(bench, kind)],
        "left_empty": _rows(bench, "select tbl, column_name, sentence, count(*) from noted group by 1, 2, 3"
        " order by 4 desc",
                            "table", "column", "sentence", "values"),
        "placeholders": _placeholders(bench, kinds),
        "duplicates": [row for kind in kinds.values() for row in _duplicates(bench, kind)],
        "before_reported": dict(bench.run("select kind, facts from put_off")),
        "without_case": _without_parent(bench, kinds, "case_lineage", "case_reported"),
        "without_record": _without_parent(bench, kinds, "record_lineage", "person_record"),
        "known_only_from_extract": _only_from_extract(bench, kinds),
        "happened_after_received": _happened_after_received(bench, kinds),
        "dangling": dangling(bench, is_on_record),
        "notes": list(notes),
        "reused_numbers": _reused_numbers(bench, kinds),
        "years": _years(bench, kinds),
    }  # fmt: skip
    report["sentences"] = list(_sentences(report))
    return report


def _rows(bench: Workbench, sql: str, *names: str) -> list[Report]:
    return [dict(zip(names, row, strict=True)) for row in bench.run(sql)]


def _completeness(bench: Workbench, kind: Kind) -> Iterator[Report]:
    """Yield how many facts of a kind have each field, overall and by the year they became known."""
    given = {name for m in bench.description.facts if kind.name == m.kind for name in m.columns}
    given |= {
        name
        for m in bench.description.facts
        if kind.name == "party_identity"
        for name in m.identity
    }
    fields = [
        "happened_from",
        "record_lineage",
        *(c.name for c in kind.columns if c.name in given and c.use is not Use.LINK),
    ]
    counts = ", ".join(f"count({identifier(name)})" for name in fields)
    by_year = bench.run(
        f"select year(known_on), count(*), {counts} from facts_{kind.name} group by 1 order by 1"
    )
    for place, name in enumerate(fields, start=2):
        total = sum(row[1] for row in by_year)
        filled = sum(row[place] for row in by_year)
        if name in {"happened_from", "record_lineage"} and not filled:
            continue
        yield {
            "kind": kind.name, "field": name, "of": total, "filled": filled,
            "years": {str(row[0]): {"of": row[1], "filled": row[place]} for row in by_year},
        }  # fmt: skip


def _placeholders(bench: Workbench, kinds: Mapping[str, Kind]) -> list[Report]:
    if "allegation" not in kinds:
        return []
    sql = (
        "select subject_note, count(*) from facts_allegation where record_lineage is null and subject_note"
        " is not null group by 1 order by 2 desc limit 20"
    )
    return _rows(bench, sql, "note", "allegations")


def _duplicates(bench: Workbench, kind: Kind) -> Iterator[Report]:
    total, lineages = bench.run(
        f"select count(*), count(distinct lineage) from repeated_{kind.name}"
    )[0]
    conflicting = bench.value(f"select count(*) from conflicts_{kind.name}")
    if total > lineages:
        yield {
            "kind": kind.name,
            "repeated_rows": total - lineages,
            "keys_in_conflict": conflicting,
        }


def _without_parent(bench: Workbench, kinds: Mapping[str, Kind], link: str, parent: str) -> Report:
    if parent not in kinds:
        return {}
    counts = {
        name: bench.value(
            f"select count(*) from facts_{name} where {link} is not null and {link} not in (select lineage"
            f" from facts_{parent})"
        )
        for name in kinds
        if name != parent
    }
    return {name: count for name, count in counts.items() if count}


def _only_from_extract(bench: Workbench, kinds: Mapping[str, Kind]) -> Report:
    counts = {
        name: bench.value(f"select count(*) from facts_{name} where known_basis = 'extract'")
        for name in kinds
    }
    return {name: count for name, count in counts.items() if count}


def _happened_after_received(bench: Workbench, kinds: Mapping[str, Kind]) -> Report:
    counts = {
        name: bench.value(f"select count(*) from facts_{name} where happened_from > known_on")
        for name in ("case_reported", "allegation", "incident")
        if name in kinds
    }
    return {name: count for name, count in counts.items() if count}


def _reused_numbers(bench: Workbench, kinds: Mapping[str, Kind]) -> Report:
    if "person_record" not in kinds:
        return {"numbers": 0, "records": 0}
    numbers, records = bench.run(
        "select count(*), coalesce(sum(n), 0)::bigint from (select count(distinct lineage) as n from"
        " facts_person_record"
        " where service_number is not null group by holder, service_number having n > 1)"
    )[0]
    return {"numbers": numbers, "records": records}


def _years(bench: Workbench, kinds: Mapping[str, Kind]) -> list[Report]:
    """Return, by the year in which they became known: cases, allegations, and those with a hole."""
    parts = []
    if "case_reported" in kinds:
        parts.append(
            "select year(known_on) as year, 1 as cases, 0 as allegations, 0 as unnamed, 0 as without_ending,"
            " 0 as ending_unresolved from facts_case_reported"
        )
    if "allegation" in kinds:
        ending, joined = "null::varchar", ""
        if "disposition" in kinds:
            joined = (
                "left join (select allegation, any_value(disposition_class) as class, 1 as ended from"
                " facts_disposition group by 1) d on d.allegation = a.lineage"
            )
            ending = "d.class"
        ended = "(d.ended is null)::int" if joined else "1"
        parts.append(
            f"select year(a.known_on), 0, 1, (a.record_lineage is null)::int, {ended}, coalesce({ending} ="
            f" 'unresolved', false)::int from facts_allegation a {joined}"
        )
    if not parts:
        return []
    names = ("year", "cases", "allegations", "unnamed", "without_ending", "ending_unresolved")
    sums = ", ".join(f"sum({name})::bigint" for name in names[1:])
    return _rows(
        bench,
        f"select year, {sums} from ({' union all '.join(parts)}) group by 1 order by 1",
        *names,
    )


def _sentences(report: Report) -> Iterator[str]:
    """Yield what each hole does to a cohort, a sentence each."""
    yield from report["notes"]
    years = report["years"]
    allegations, unnamed = (
        sum(year[name] for year in years) for name in ("allegations", "unnamed")
    )
    if unnamed:
        yield (
            f"{_of(unnamed, allegations)} allegations name nobody who can be identified: a cohort of people misses"
            " whoever they are about; counts of cases and of allegations include them."
        )
    without = sum(year["without_ending"] for year in years)
    if without:
        yield (
            f"{_of(without, allegations)} allegations have no ending on record: choosing by disposition, or by the date"
            " of finalising, leaves them out with that reason."
        )
    for row in report["completeness"]:
        if (words := _FIELD_HOLES.get((row["kind"], row["field"]))) and row["filled"] < row["of"]:
            yield f"{_of(row['of'] - row['filled'], row['of'])} {words}"
    yield from _kind_sentences(report)


def _kind_sentences(report: Report) -> Iterator[str]:  # noqa: C901 - a hole each
    kinds = {row["kind"] for row in report["completeness"]}
    if "allegation" in kinds and "disposition" not in kinds:
        yield "The source says nothing of endings: no cohort can be chosen by disposition from it."
    if "person_record" in kinds and "service_spell" not in kinds:
        yield "The source says nothing of service: whether somebody was serving on a day is not known from it."
    for kind, count in report["known_only_from_extract"].items():
        yield (
            f"{_facts(count, kind)} {'has' if count == 1 else 'have'} no date of knowledge: no view of a day before"
            f" {report['extract_date']} shows {'it' if count == 1 else 'them'}."
        )
    for kind, count in report["before_reported"].items():
        yield (
            f"{_facts(count, kind)} {'is' if count == 1 else 'are'} dated before the case was reported:"
            f" {'it counts' if count == 1 else 'they count'} as known from the day it was."
        )
    for kind, count in report["happened_after_received"].items():
        yield (
            f"{_facts(count, kind)} happened after it was received, by {'its' if count == 1 else 'their'}"
            " dates: one of the two dates is wrong, and choosing by either may be."
        )
    told = {row["kind"] for row in report["dangling"] if row["link"] == "case_lineage"}
    yield from (row["sentence"] for row in report["dangling"])
    for kind, count in report["without_case"].items():
        if kind not in told:
            yield (
                f"{_facts(count, kind)} {'belongs' if count == 1 else 'belong'} to a case that is not in the"
                " files: choosing by the case's dates misses it, unless the case came from elsewhere."
            )
    reused = report["reused_numbers"]
    if reused["numbers"]:
        yield (
            f"{_counted(reused['numbers'], 'service number is', 'service numbers are')} borne by more than one record"
            f" ({reused['records']:,} records): nothing is joined on them."
        )
    emptied = sum(row["values"] for row in report["left_empty"])
    if emptied:
        were = _counted(emptied, "value was left", "values were left")
        yield f"{were} empty, as impossible or not to be read: see the rejects file."
    conflicts = sum(row["keys_in_conflict"] for row in report["duplicates"])
    if conflicts:
        stand = _counted(conflicts, "key stands", "keys stand")
        yield (
            f"{stand} for rows that differ: they were rejected, or one was chosen as the description says."
        )


_FIELD_HOLES = {
    (
        "case_reported",
        "happened_from",
    ): "cases have no date on which it happened: choosing by date occurred misses them.",
    (
        "allegation",
        "category",
    ): "allegations have no category: choosing by category or factor misses them.",
    (
        "person_record",
        "birth_year",
    ): "person records have no year of birth: linking them to other sources is weaker.",
    (
        "person_record",
        "recorded_sex",
    ): "person records have no sex: outcomes by sex are without them.",
    (
        "person_record",
        "recorded_ethnicity",
    ): "person records have no ethnicity: outcomes by ethnicity are without them.",
    (
        "disposition",
        "disposition_class",
    ): "endings are in words that were given no class: choosing by disposition misses them.",
    (
        "disposition",
        "finalised_on",
    ): "endings have no date: choosing by date finalised misses them.",
}


def _of(count: int, total: int) -> str:
    return f"{count:,} of {total:,} ({count / total:.1%})" if total else f"{count:,}"


def _counted(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def _facts(count: int, kind: str) -> str:
    return f"{_counted(count, 'fact', 'facts')} ({_spoken(kind)})"


def _spoken(kind: str) -> str:
    return kind.replace("_", " ")
