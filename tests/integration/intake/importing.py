"""Import invented files into the store of a test."""

from datetime import date
from pathlib import Path

from onrecord.core.kernel.viewers import Viewer
from onrecord.core.ledger.actors import LOCAL_OPERATOR
from onrecord.core.sources.loading import find, load

EXAMPLE = find("example_force").parent / "example_force"
VIEWER = Viewer("local-operator", "local_operator", "", "local_operator", "a test", "test")


def example(*changes: tuple[str, str]) -> str:
    """Return the worked example's description, with some of its words changed."""
    text = find("example_force").read_text("utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def import_from(text, data, home, *, extract_date=None, is_dry_run=False):
    from onrecord.apps.intake.services import import_source

    return import_source(
        VIEWER, actor=LOCAL_OPERATOR, description=load(text), description_text=text, data=Path(data),
        imports=Path(home) / "imports", extract_date=extract_date and date.fromisoformat(extract_date),
        is_dry_run=is_dry_run,
    )  # fmt: skip


def counts(result):
    """Return (added, rejected) by table."""
    return {one["table"]: (one["added"], one["rejected"]) for one in result.tables}


def rows_of(table):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")
        return cursor.fetchone()[0]


def said(table, columns, where="true"):
    """Return columns of rows in the order in which they became known."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"select {columns} from {table} where {where} order by known_on, event_id")
        return cursor.fetchall()
