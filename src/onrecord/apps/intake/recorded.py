"""What is on record from a source: the versions that a new extract is compared with."""

from collections.abc import Collection
from pathlib import Path
from uuid import UUID

from django.db import connection

from onrecord.apps.facts.seeing import THE_WHOLE_RECORD, seeing
from onrecord.apps.organisations.selectors import holders_by_id
from onrecord.core.kernel.kinds import KINDS, Kind
from onrecord.core.sources.formula_sql import quoted
from onrecord.core.sources.workbench import Workbench

_COLUMNS = (
    "lineage, salt, leaf, change, gone, known_on, known_basis, known_rule, holder_id, case_lineage,"
    " record_lineage"
)
_TYPES = {
    "lineage": "uuid", "salt": "varchar", "leaf": "varchar", "change": "varchar", "gone": "boolean",
    "known_on": "date", "known_basis": "varchar", "known_rule": "varchar", "holder_id": "integer",
    "case_lineage": "uuid", "record_lineage": "uuid",
}  # fmt: skip


def load_recorded(bench: Workbench, kind: Kind, event_ids: list[int], folder: Path) -> None:
    """Make `old_KIND` of the newest version of each thing that these events wrote.

    Through a file, so that a million rows pass without being held in memory.
    """
    file = folder / f"old_{kind.name}.csv"
    statement = f"copy (select {_COLUMNS} from facts.latest_imported(%s, %s::bigint[])) to stdout (format csv)"
    connection.ensure_connection()
    with file.open("wb") as out, connection.connection.cursor() as cursor:
        if event_ids:
            with cursor.copy(statement, [kind.name, event_ids]) as copy:
                for block in copy:
                    out.write(block)
    columns = ", ".join(f"{quoted(name)}: {quoted(sql_type)}" for name, sql_type in _TYPES.items())
    bench.run(
        f"create table old_{kind.name} as select r.* exclude (salt, leaf, holder_id), unhex(substr(salt, 3)) as salt,"
        f" unhex(substr(leaf, 3)) as leaf, h.code as holder, null::varchar as source_ref"
        f" from read_csv({quoted(str(file))}, header = false, auto_detect = false, delim = ',', quote ="
        f" '\"', escape = '\"',"
        f" columns = {{{columns}}}) r join holders h using (holder_id)"
    )
    file.unlink()


def load_holders(bench: Workbench) -> None:
    """Make `holders`: every holder's number and code."""
    bench.run("create or replace table holders (holder_id integer, code varchar)")
    rows = ", ".join(f"({number}, {quoted(ref.code)})" for number, ref in holders_by_id().items())
    if rows:
        bench.run(f"insert into holders values {rows}")


@seeing(THE_WHOLE_RECORD)
def those_on_record(kind: str, lineages: Collection[UUID]) -> set[UUID]:
    """Return those of `lineages` of which any source has said something that was not taken back."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"select distinct f.lineage from {KINDS[kind].table} f where f.lineage = any(%s::uuid[])"
            " and not exists (select from ledger.batch_undo u where u.undone_event = f.event_id)",
            [list(lineages)],
        )
        return {row[0] for row in cursor.fetchall()}
