"""Compare the facts of a batch with what is on record from the same source."""

from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.core.kernel.kinds import Kind
from onrecord.core.ledger.canonical import VERSION_FIELDS
from onrecord.core.sources.candidates import kinds_made, kinds_of
from onrecord.core.sources.canonical_sql import (
    SQL_TYPES,
    content_text_sql,
    content_types,
    leaf_sql,
    version_text_sql,
)
from onrecord.core.sources.describing import FactMapping
from onrecord.core.sources.formula_sql import identifier, quoted
from onrecord.core.sources.staging import Staged
from onrecord.core.sources.workbench import Workbench

STATUSES = ("added", "changed", "unchanged", "gone")
_OLD_TEXT = version_text_sql({name: f"o.{name}" for name in VERSION_FIELDS})
_CANNOT_CHANGE = (
    "It differs from what is on record, but the extract is not later than what it would change;"
    " import extracts in their order, or say changes_are: mistake."
)


@dataclass(frozen=True, slots=True)
class KindCounts:
    """What a batch does to the facts of one kind."""

    kind: str
    added: int
    changed: int
    unchanged: int
    gone: int


def compare(bench: Workbench, kind: Kind, staged: Mapping[str, Staged]) -> None:
    """Make `versions_KIND`: every fact of the batch, and what is gone, with what to write of each.

    Expects `old_KIND`: the newest version on record of each lineage of the source,
    with the holder by its code.
    """
    if not bench.value(f"select count(*) from old_{kind.name}"):
        new = "'added' as status, 'first' as change, false as gone"
        bench.run(f"create view versions_{kind.name} as select *, {new} from facts_{kind.name}")
        return
    bench.run(f"create table statuses_{kind.name} as {_statuses_sql(bench, kind)}")
    bench.run(f"create table gone_{kind.name} as {_gone_sql(bench, kind, staged)}")
    bench.run(
        f"create view versions_{kind.name} as select f.* exclude (known_on, known_basis, known_rule), s.*"
        f" exclude (lineage)"
        f" from facts_{kind.name} f join statuses_{kind.name} s on s.lineage = f.lineage"
        f" union all by name select * from gone_{kind.name}"
    )


def _statuses_sql(bench: Workbench, kind: Kind) -> str:
    """Return SQL of each fact's status, and of the version that would be written."""
    mistakes = (
        ", ".join(str(m.number) for m in bench.description.facts if m.changes_are == "mistake")
        or "-1"
    )
    extract = f"date '{bench.extract_date}'"
    return f"""
      with said as (select mapping, lineage, known_on, known_basis, known_rule, {content_text_sql(kind)} as content_text
                      from facts_{kind.name}),
      compared as (
        select f.* exclude (content_text), o.lineage is null as is_new,
               o.lineage is not null and not o.gone
                 and lower(hex(o.leaf)) = {leaf_sql("o.salt", _OLD_TEXT, "f.content_text")} as is_same,
               f.mapping in ({mistakes}) and not o.gone as is_mistake,
               f.known_on > o.known_on and f.known_basis <> 'extract' as is_dated,
               o.known_on as old_on, o.known_basis as old_basis, o.known_rule as old_rule
          from said f left join old_{kind.name} o on o.lineage = f.lineage)
      select lineage,
             case when is_new then 'added' when is_same then 'unchanged'
                  when is_mistake or is_dated or {extract} > old_on then 'changed' else 'refused' end as status,
             case when is_new then 'first' when is_mistake then 'mistake' else 'later' end as change,
             false as gone,
             case when is_new then known_on when is_mistake then old_on
                  when is_dated then known_on else {extract} end as known_on,
             case when is_new then known_basis when is_mistake then old_basis
                  when is_dated then known_basis else 'extract' end as known_basis,
             case when is_new then known_rule when is_mistake then old_rule
                  when is_dated then known_rule end as known_rule
        from compared"""


def _gone_sql(bench: Workbench, kind: Kind, staged: Mapping[str, Staged]) -> str:
    """Return SQL of what a full extract no longer has.

    What stands in a rejected row is not gone. Where rows could not even be read,
    or joined, what is missing may be in one of them, and nothing of the kind is.
    """
    nothing = ", ".join(
        f"null::{SQL_TYPES[column_type]} as {identifier(name)}"
        for name, column_type in content_types(kind).items()
        if name not in _OF_OLD
    )
    is_gone = "false"
    if bench.description.is_full and not _is_unsure(bench, kind, staged):
        is_gone = f"not o.gone and o.known_on <= date '{bench.extract_date}'"
    return f"""
      select {", ".join(f"o.{name}" for name in _OF_OLD)}, {nothing}, 'gone' as status, 'later' as change, true as gone,
             date '{bench.extract_date}' as known_on, 'extract' as known_basis, null::varchar as known_rule
        from old_{kind.name} o
       where {is_gone} and o.lineage not in (select lineage from candidates_{kind.name})"""


def _is_unsure(bench: Workbench, kind: Kind, staged: Mapping[str, Staged]) -> bool:
    return any(_unread(bench, kind, staged).values())


def _unread(bench: Workbench, kind: Kind, staged: Mapping[str, Staged]) -> dict[str, int]:
    """Return, by table, how many rows that `kind` is made of could not be read or joined."""
    description = bench.description
    sources = {m.source for m in description.facts if kind.name in kinds_of(m)}
    rows = {
        base: len(staged[base].findings.bad_rows)
        for base in sorted(description.base_of(source) for source in sources)
    }
    for name in sorted(sources & set(description.joins)):
        rows[description.base_of(name)] += bench.value(
            f"select count(distinct row_no) from joined_{name} where problem is not null"
        )
    return rows


def notes_of_gone(bench: Workbench, staged: Mapping[str, Staged]) -> list[str]:
    """Return a sentence for each table whose unread rows keep anything from being counted as gone.

    Only where something of the kind is on record, so that something could be gone.
    """
    if not bench.description.is_full:
        return []
    kept: dict[tuple[str, int], list[str]] = {}
    for kind in kinds_made(bench):
        if bench.value(f"select count(*) from old_{kind.name} where not gone"):
            for table, rows in _unread(bench, kind, staged).items():
                if rows:
                    kept.setdefault((table, rows), []).append(kind.name.replace("_", " "))
    return [
        f"Nothing of {', '.join(kinds)} is counted as gone, because {rows:,} {'row' if rows == 1 else 'rows'}"
        f" of {table} could not be read or joined."
        for (table, rows), kinds in kept.items()
    ]


_OF_OLD = ("lineage", "holder", "source_ref", "case_lineage", "record_lineage")


def refuse_changes_out_of_order(bench: Workbench, kind: Kind) -> None:
    """Reject the rows whose difference could not be dated; what is on record stays as it is."""
    bench.run(
        "insert into rejected (tbl, row_no, column_name, value, sentence, result)"
        f" select distinct c.tbl, v.row_no, 'known', cast(v.known_on as varchar), '{_CANNOT_CHANGE}', 'rejected'"
        f" from versions_{kind.name} v join candidates_{kind.name} c using (lineage) where v.status = 'refused'"
    )


def to_write_sql(kind: Kind) -> str:
    """Return SQL of the versions to write, with both canonical texts and the holder's number."""
    version = version_text_sql({name: f"v.{name}" for name in VERSION_FIELDS})
    columns = ", ".join(f"v.{identifier(name)}" for name in content_types(kind) if name != "holder")
    return (
        f"select {columns}, h.holder_id, v.change, v.gone, v.known_on, v.known_basis, v.known_rule,"
        f" {content_text_sql(kind, 'v')} as content_text,"
        f" {version} as version_text"
        f" from versions_{kind.name} v join holders h on h.code = v.holder where v.status in ('added',"
        f" 'changed', 'gone')"
    )


def kind_counts(bench: Workbench) -> list[KindCounts]:
    """Return what the batch does, by kind of fact."""
    counts = []
    for kind in kinds_made(bench):
        found = dict(bench.run(f"select status, count(*) from versions_{kind.name} group by 1"))
        counts.append(KindCounts(kind.name, *(found.get(status, 0) for status in STATUSES)))
    return counts


@dataclass(frozen=True, slots=True)
class TableCounts:
    """What became of the rows of one table; gone counts what its rows said and no row says now."""

    table: str
    read: int
    added: int
    changed: int
    unchanged: int
    gone: int
    rejected: int
    unused: int


def table_counts(bench: Workbench, staged: dict[str, Staged]) -> list[TableCounts]:
    """Return what the batch does, by table and in rows."""
    rejected = dict(bench.run("select tbl, count(distinct row_no) from rejected group by 1"))
    return [_table_counts(bench, one, rejected.get(name, 0)) for name, one in staged.items()]


def _table_counts(bench: Workbench, staged: Staged, rejected: int) -> TableCounts:
    name = staged.table.name
    mappings = [m for m in bench.description.facts if bench.description.base_of(m.source) == name]
    if not mappings:
        return TableCounts(name, staged.read, 0, 0, 0, 0, rejected, staged.read - rejected)
    main = next((m for m in mappings if m.is_main), mappings[0])
    rejected_here = (
        f"row_no in (select row_no from rejected where tbl = {quoted(name)})"
        if rejected
        else "false"
    )
    found = dict(bench.run(_row_statuses_sql(bench, mappings, main.number, rejected_here)))
    added, changed, unchanged = (found.get(status, 0) for status in STATUSES[:3])
    gone = (
        bench.value(f"select count(*) from versions_{main.kind} where status = 'gone'")
        if _owns(bench, main.kind, name)
        else 0
    )
    unused = staged.read - rejected - added - changed - unchanged
    return TableCounts(name, staged.read, added, changed, unchanged, gone, rejected, unused)


def _row_statuses_sql(
    bench: Workbench, mappings: list[FactMapping], main: int, rejected_here: str
) -> str:
    """Return SQL of how many rows there are of each status."""
    has_old = any(bench.value(f"select count(*) from old_{m.kind}") for m in mappings)
    if not has_old:
        rows = " union all ".join(
            f"select row_no from candidates_{m.kind} where mapping = {m.number}" for m in mappings
        )
        return f"select 'added', count(distinct row_no) from ({rows}) where not ({rejected_here})"
    parts = " union all ".join(
        f"select c.row_no, v.status, c.mapping = {main} as is_main from candidates_{m.kind} c"
        f" join (select lineage, status from versions_{m.kind}) v on v.lineage = c.lineage where c.mapping = {m.number}"
        for m in mappings
    )
    return f"""
      select status, count(*) from (
        select row_no, case
          when bool_or(is_main and status = 'added') then 'added'
          when bool_or(status = 'changed') or bool_or(status = 'added') and bool_or(is_main) then 'changed'
          when bool_or(status = 'added') then 'added' else 'unchanged' end as status
          from ({parts}) where not ({rejected_here}) group by row_no) group by 1"""


def _owns(bench: Workbench, kind: str, table: str) -> bool:
    """Tell whether what is gone of `kind` is counted with `table`: the first that makes it."""
    first = next(m for m in bench.description.facts if m.kind == kind)
    return bench.description.base_of(first.source) == table
