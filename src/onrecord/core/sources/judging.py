"""Judge candidate facts: which rows are rejected, which facts stand, whether the batch is refused.

A row is judged whole: if one of its facts cannot stand none of them does, and
neither does anything that belongs to it.
"""

from collections.abc import Mapping

import pyarrow as pa

from onrecord.core.kernel.kinds import ColumnType, Kind
from onrecord.core.sources.candidates import candidates_sql, kinds_made, kinds_of
from onrecord.core.sources.canonical_sql import content_text_sql, content_types
from onrecord.core.sources.compiling import candidate_sql
from onrecord.core.sources.describing import FactMapping
from onrecord.core.sources.formula_sql import identifier, quoted
from onrecord.core.sources.staging import Staged
from onrecord.core.sources.unknown_codes import refuse_unknown_codes, refuse_unknown_values
from onrecord.core.sources.workbench import LINES_IN_A_FILE, Workbench


def judge(bench: Workbench, staged: Mapping[str, Staged]) -> None:
    """Make `facts_KIND` (the facts that stand) and `rejected` (what does not, and why).

    Raises:
        DataRejectedError: a code is unknown; the whole batch is refused.
    """
    refuse_unknown_values(bench)
    for mapping in bench.description.facts:
        _make_candidates(bench, mapping)
    refuse_unknown_codes(bench)
    _start_rejects(bench, staged)
    for kind in kinds_made(bench):
        bench.run(f"create view candidates_{kind.name} as {candidates_sql(bench, kind)}")
        _reject_conflicts(bench, kind)
    _reject_orphans(bench, staged)
    _reject_children(bench)
    for kind in kinds_made(bench):
        _choose_standing(bench, kind)
    _never_before_reported(bench)


def _make_candidates(bench: Workbench, mapping: FactMapping) -> None:
    extract = f"date '{bench.extract_date}'"
    sql = candidate_sql(bench.description, mapping, pepper=bench.pepper, extract_sql=extract)
    bench.run(f"create table candidate_{mapping.number} as {sql}")


def _start_rejects(bench: Workbench, staged: Mapping[str, Staged]) -> None:
    columns = "tbl varchar, row_no bigint, column_name varchar, value varchar, sentence varchar"
    bench.run(f"create table rejected ({columns}, result varchar default 'rejected')")
    bench.run(f"create table noted ({columns})")
    for one in staged.values():
        _reject_unreadable(bench, one)
    for join in bench.description.joins.values():
        bench.run(
            "insert into rejected (tbl, row_no, value, sentence) select distinct "
            f"{quoted(join.base)}, row_no, split_part(problem, chr(31), 1), split_part(problem, chr(31), 2)"
            f" from joined_{join.name} where problem is not null"
        )
    for mapping in bench.description.facts:
        marks = (
            f'select {quoted(bench.description.base_of(mapping.source))}, row_no, m."column", m.value, m.sentence'
            f" from (select row_no, unnest(marks) as m from candidate_{mapping.number} where len(marks) > 0)"
        )
        bench.run(
            f"insert into rejected (tbl, row_no, column_name, value, sentence) {marks} where m.rejects"
        )
        bench.run(f"insert into noted {marks} where not m.rejects")


def _reject_unreadable(bench: Workbench, staged: Staged) -> None:
    bad = staged.findings.bad_rows
    if not bad:
        return
    rows = pa.table(
        {
            "row_no": [one.file * LINES_IN_A_FILE + one.line for one in bad],
            "sentence": [one.sentence for one in bad],
        }
    )
    bench.take(
        rows,
        "insert into rejected (tbl, row_no, sentence)"
        f" select {quoted(staged.table.name)}, row_no, sentence from given_rows",
    )


def _standing(bench: Workbench) -> str:
    """Return the condition that a row is not rejected."""
    if not bench.value("select count(*) from rejected"):
        return "true"
    return "(tbl, row_no) not in (select (tbl, row_no) from rejected)"


def _policy(bench: Workbench, kind: Kind) -> str:
    """Return what is done about conflicts in `kind`: what its first mapping that says anything says."""
    said = [
        m.on_conflict
        for m in bench.description.facts
        if kind.name in kinds_of(m) and m.on_conflict != "reject"
    ]
    return said[0] if said else "reject"


def _reject_conflicts(bench: Workbench, kind: Kind) -> None:
    """Make `repeated_KIND` of candidates whose key occurs more than once; reject those that differ."""
    table, policy = f"candidates_{kind.name}", _policy(bench, kind)
    bench.run(
        f"create table repeated_{kind.name} as select *, {content_text_sql(kind)} as content_text from {table}"
        f" where lineage in (select lineage from {table} group by lineage having count(*) > 1)"
    )
    bench.run(
        f"create table conflicts_{kind.name} as select lineage from repeated_{kind.name} where {_standing(bench)}"
        " group by lineage having count(distinct content_text) > 1"
    )
    if policy == "reject" and bench.value(f"select count(*) from conflicts_{kind.name}"):
        sentence = (
            f"Rows with this key differ about one {kind.name} (in {_differing(bench, kind)});"
            " keep one, or say on_conflict in the description."
        )
        bench.run(
            "insert into rejected (tbl, row_no, column_name, value, sentence)"
            f" select distinct tbl, row_no, 'key', {_shown_ref(kind)}, {quoted(sentence)} from {table}"
            f" where lineage in (select lineage from conflicts_{kind.name}) and {_standing(bench)}"
        )


def _differing(bench: Workbench, kind: Kind) -> str:
    """Return the columns in which rows of one key differ, for the person who has to choose."""
    names = list(content_types(kind))
    counts = ", ".join(
        f"count(distinct coalesce(cast({identifier(n)} as varchar), '')) as d{at}"
        for at, n in enumerate(names)
    )
    tests = ", ".join(f"bool_or(d{at} > 1)" for at in range(len(names)))
    row = bench.run(
        f"select {tests} from (select {counts} from repeated_{kind.name}"
        f" where lineage in (select lineage from conflicts_{kind.name}) group by lineage)"
    )[0]
    return ", ".join(name for name, differs in zip(names, row, strict=True) if differs)


def _shown_ref(kind: Kind) -> str:
    return "null" if kind.is_compartmented or kind.is_sealed else "source_ref"


def _links(kind: Kind) -> list[str]:
    return [
        "case_lineage",
        "record_lineage",
        *(column.name for column in kind.columns if column.type is ColumnType.LINEAGE),
    ]


def _reject_orphans(bench: Workbench, staged: Mapping[str, Staged]) -> None:
    """Reject what belongs to a case whose row could not even be read.

    Its key is unknown, so in a full extract everything that belongs to a case
    which is in none of the rows is taken to belong to that row.
    """
    cases = [m for m in bench.description.facts if m.kind == "case_reported"]
    is_broken = any(staged[bench.description.base_of(m.source)].findings.bad_rows for m in cases)
    if not (is_broken and bench.description.is_full):
        return
    sentence = "Its case is in none of the rows that could be read."
    for kind in kinds_made(bench):
        bench.run(
            "insert into rejected (tbl, row_no, column_name, sentence)"
            f" select distinct tbl, row_no, 'case', {quoted(sentence)} from candidates_{kind.name}"
            " where case_lineage is not null and case_lineage not in (select lineage from candidates_case_reported)"
            f" and holder in (select holder from candidates_case_reported) and {_standing(bench)}"
        )


def _reject_children(bench: Workbench) -> None:
    """Reject what belongs to a rejected row, and what belongs to that, until nothing is left."""
    kinds = kinds_made(bench)
    before = -1
    while (count := bench.value("select count(*) from rejected")) != before and count:
        before = count
        lost = " union all ".join(
            f"select lineage from candidates_{kind.name} group by lineage having not bool_or({_standing(bench)})"
            for kind in kinds
        )
        bench.run(f"create or replace table lost as {lost}")
        for kind in kinds:
            for link in _links(kind):
                sentence = f"What it belongs to ({link.removesuffix('_lineage')}) is in a row that was rejected."
                bench.run(
                    "insert into rejected (tbl, row_no, column_name, sentence)"
                    f" select distinct tbl, row_no, {quoted(link)}, {quoted(sentence)} from candidates_{kind.name}"
                    f" where {identifier(link)} in (select lineage from lost) and {_standing(bench)}"
                )


def _choose_standing(bench: Workbench, kind: Kind) -> None:
    """Make `standing_KIND`: one fact a lineage, the choice never hanging on the order of the file."""
    filled = " + ".join(f"({identifier(name)} is not null)::int" for name in content_types(kind))
    order = {
        "reject": "known_on, mapping, content_text",
        "first": "mapping, known_on, content_text",
        "most_complete": f"({filled}) desc, mapping, known_on, content_text",
    }[_policy(bench, kind)]
    standing = _standing(bench)
    bench.run(
        f"create table chosen_{kind.name} as select * exclude (content_text) from repeated_{kind.name} where {standing}"
        f" qualify row_number() over (partition by lineage order by {order}, row_no) = 1"
    )
    sql = f"select * from candidates_{kind.name} where {standing}"
    if bench.value(f"select count(*) from repeated_{kind.name}"):
        sql += (
            f" and lineage not in (select lineage from repeated_{kind.name}) union all select * from"
            f" chosen_{kind.name}"
        )
    bench.run(f"create view standing_{kind.name} as select * exclude (tbl) from ({sql})")


def _never_before_reported(bench: Workbench) -> None:
    """Make `facts_KIND`: nothing that belongs to a case is known before the case was reported."""
    bench.run("create table put_off (kind varchar, facts bigint)")
    kinds = kinds_made(bench)
    has_cases = any(kind.name == "case_reported" for kind in kinds)
    for kind in kinds:
        early = 0
        if has_cases and kind.name != "case_reported":
            bench.run(
                f"create table early_{kind.name} as select f.lineage, c.known_on from standing_{kind.name} f"
                " join standing_case_reported c on c.lineage = f.case_lineage and c.holder = f.holder where"
                " f.known_on < c.known_on"
            )
            early = bench.value(f"select count(*) from early_{kind.name}")
        if early:
            bench.run(f"insert into put_off values ({quoted(kind.name)}, {early})")
        bench.run(f"create view facts_{kind.name} as {_facts_sql(kind, is_put_off=bool(early))}")


def _facts_sql(kind: Kind, *, is_put_off: bool) -> str:
    if not is_put_off:
        return f"select * from standing_{kind.name}"
    late = "case when e.lineage is null then f.{0} else {1} end as {0}"
    return (
        "select f.* exclude (known_on, known_basis, known_rule), coalesce(e.known_on, f.known_on) as known_on,"
        f" {late.format('known_basis', quoted('derived'))}, {late.format('known_rule', quoted('not-before-reported'))}"
        f" from standing_{kind.name} f left join early_{kind.name} e on e.lineage = f.lineage"
    )
