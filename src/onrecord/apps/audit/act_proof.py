"""Verify the tables that are not facts: every row is what the last act upon it made it.

Facts have leaves under a root; a row of another table has a salted digest for each
act that touched it, and the act's event says what those digests come to. A row
changed, added or removed behind the application's back agrees with neither.
"""

from collections.abc import Iterator

from django.db import connections

from onrecord.core.kernel.table_classes import TABLES, Changes, TableClass
from onrecord.core.ledger.verifying import Finding


def guarded_tables() -> list[str]:
    """Return every table of ours whose changes must belong to an act, by its full name."""
    return sorted(
        name
        for name, table in TABLES.items()
        if table.table_class is TableClass.ACCOUNT and table.changes is not Changes.FREE
    )


def unaccounted_rows() -> Iterator[Finding]:
    """Find rows, acts and guards of these tables that do not agree with the ledger."""
    yield from _events_astray()
    for table in guarded_tables():
        yield from _rows_astray(table)
    yield from _guards_missing()


def _events_astray() -> Iterator[Finding]:
    for (event,) in _asked("select distinct e from ledger.acts_astray() e order by 1"):
        says = f"Event {event} does not say what was changed under it."
        yield Finding("act", str(event), says, event=int(event))


def _rows_astray(table: str) -> Iterator[Finding]:
    for key, why in _asked("select row_key, why from ledger.rows_astray(%s) order by 1", table):
        yield Finding("row", f"{table} {key}", f"A row of {table} is {_WORDS.get(why, why)}.")


_WORDS = {
    "no act made it": "there, and no act made it",
    "gone without an act": "gone, and no act removed it",
    "there after an act removed it": "there after an act removed it",
    "not what the last act made it": "not what the last act made it",
    "not guarded": "not under guard",
}


def _guards_missing() -> Iterator[Finding]:
    """Find guarded tables with a trigger gone or switched off."""
    for table in guarded_tables():
        wanted = {"note", "note_update", "note_delete"}
        if TABLES[table].changes is Changes.NEVER:
            wanted.add("no_change")
        live = {
            name
            for (name,) in _asked(
                "select tgname::text from pg_trigger where tgrelid = %s::regclass"
                " and not tgisinternal and tgenabled in ('O', 'A')",
                table,
            )
        }
        if wanted - live:
            says = f"The triggers that guard {table} are gone or switched off."
            yield Finding("guard", table, says)


def _asked(sql: str, *values: str) -> list[tuple[str, ...]]:
    with connections["default"].cursor() as cursor:
        cursor.execute(sql, list(values))
        return list(cursor.fetchall())
