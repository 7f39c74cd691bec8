"""Refresh and rebuild what people and cases are found by."""

import uuid
from collections.abc import Sequence
from itertools import product

from django.db import connection, transaction

from onrecord.apps.people.projecting import (
    mentions_are_due,
    refresh_cases,
    refresh_people,
    refresh_records,
)

REBUILD_COMMAND = "onrecord rebuild"
"""Makes every projection of this app anew from facts."""

_REFRESH_ALL_ABOVE = 20_000


def refresh_projections(event_ids: Sequence[int]) -> None:
    """Bring the projections up to date with what these events wrote or undid."""
    records = _touched("facts.person_record", ("lineage",), event_ids)
    served = _touched("facts.service_spell", ("record_lineage",), event_ids)
    judged = _touched("facts.identity_judgement", ("record_a", "record_b"), event_ids)
    cases = _touched("facts.case_reported", ("lineage",), event_ids)
    cases |= _touched("facts.incident", ("lineage",), event_ids)
    with transaction.atomic():
        if records:
            refresh_records(_some_or_all(records))
        if records or served:
            mentions_are_due(records | served)
        if records or judged:
            refresh_people(_some_or_all(records | judged))
        if cases:
            refresh_cases(_some_or_all(cases))


def refresh_lineages(lineages: set[uuid.UUID]) -> None:
    """Work out anew who is who, around what went behind a wall or came out from behind one."""
    with transaction.atomic():
        refresh_people(lineages)


def refresh_after_walls() -> None:
    """Work out anew who is who, after a whole source system went behind a wall or came out."""
    with transaction.atomic():
        refresh_people(None)


def rebuild_projections() -> None:
    """Make every projection of people and cases anew from facts."""
    with transaction.atomic():
        refresh_records(None)
        mentions_are_due(None)
        refresh_people(None)
        refresh_cases(None)


def _some_or_all(lineages: set[uuid.UUID]) -> set[uuid.UUID] | None:
    return None if len(lineages) > _REFRESH_ALL_ABOVE else lineages


def _touched(table: str, columns: tuple[str, ...], event_ids: Sequence[int]) -> set[uuid.UUID]:
    touched: set[uuid.UUID] = set()
    with connection.cursor() as cursor:
        for column, event_id in product(columns, event_ids):
            cursor.execute(f"select distinct {column} from {table} where event_id = %s", [event_id])
            touched |= {row[0] for row in cursor.fetchall() if row[0] is not None}
    return touched
