"""Read facts through a view: the one place where fact tables are selected from.

For each thing the view takes, of the versions it admits, the latest by known
date, then ledger position; drops it if that version says it is gone; and only
then asks whose it is. Asking first would show an allegation under a person it
has since been moved away from.
"""

import json
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import DataError, connection

from onrecord.apps.facts.seeing import seeing
from onrecord.core.kernel.errors import UsageError
from onrecord.core.kernel.facts import Fact as Fact
from onrecord.core.kernel.kinds import KINDS, ColumnType, Kind, naming_columns
from onrecord.core.timekeeping.views import View

_DATES = frozenset({"happened_from", "happened_to", "known_on"})
_PENNY = Decimal("0.01")
_LINEAGES = frozenset({"lineage", "case_lineage", "record_lineage"})


def facts_of_records(view: View, records: Collection[uuid.UUID]) -> list[Fact]:
    """Return every fact about these person records, in one round trip."""
    wanted = {
        kind.name: "lineage" if kind.name == "person_record" else "record_lineage"
        for kind in KINDS.values()
        if kind.is_readable and kind.name not in _NOT_BY_RECORD
    }
    return _read(view, wanted, records)


def facts_of_cases(view: View, cases: Collection[uuid.UUID]) -> list[Fact]:
    """Return every fact that belongs to these cases, in one round trip."""
    wanted = {
        kind.name: "lineage" if kind.name == "case_reported" else "case_lineage"
        for kind in KINDS.values()
        if kind.is_readable and kind.name not in _NOT_BY_CASE
    }
    return _read(view, wanted, cases)


def facts_by(view: View, kind: str, column: str, lineages: Collection[uuid.UUID]) -> list[Fact]:
    """Return the facts of one kind whose `column` is one of `lineages`."""
    if column not in _LINEAGES:
        KINDS[kind].column(column)  # a name that is not in the register never becomes SQL
    return _read(view, {kind: column}, lineages)


def first_known(view: View, kind: str, lineages: Collection[uuid.UUID]) -> dict[uuid.UUID, date]:
    """Return the day on which each of these things was first known to anybody, under `view`."""
    return {lineage: days[0] for lineage, days in days_known(view, kind, lineages).items()}


def facts_where(view: View, kind: str, condition: str) -> list[Fact]:
    """Return what the view shows of things of a kind whose present version meets a condition.

    `condition` begins with a column of the kind and is part of the program, never typed.
    """
    sql = (
        f"{preamble_sql(view)} select to_jsonb(v) - 'salt' - 'leaf' from"
        f" ({winners_sql(KINDS[kind], view, condition)}) v"
    )
    with seeing(view.eyes), connection.cursor() as cursor, _refusing_the_future(view):
        cursor.execute(sql, parameters(view))
        rows = cursor.fetchall()
    return [_fact(KINDS[kind], _loaded(row)) for (row,) in rows]


def days_known(
    view: View, kind: str, lineages: Collection[uuid.UUID]
) -> dict[uuid.UUID, list[date]]:
    """Return the days on which something of each of these things came to be known to anybody.

    A day on which what was known has since been taken back is not one of them.
    """
    days = _days_sql(view, KINDS[kind], "lineage = any(%(lineages)s)")
    sql = f"select v.lineage, array_agg(v.known_on order by v.known_on) from ({days}) v group by 1"
    return _days(view, sql, lineages)


def subject_since(view: View, records: Collection[uuid.UUID]) -> dict[uuid.UUID, date]:
    """Return since which day each case was known to be about a person with these records.

    Somebody may be named in a case long after it was reported. Until then it is no
    entry of theirs, whatever is known of the case itself.
    """
    parts = [
        f"select v.case_lineage, v.known_on from ({_days_sql(view, KINDS[kind], _ABOUT)}) v"
        f" where {_ABOUT} and v.case_lineage is not null {role}"
        for kind, role in (("allegation", ""), ("party_role", "and v.role = 'subject'"))
    ]
    sql = f"select case_lineage, min(known_on) from ({' union all '.join(parts)}) s group by 1"
    return _days(view, sql, records)


_ABOUT = "record_lineage = any(%(lineages)s)"


def _days_sql(view: View, kind: Kind, condition: str) -> str:
    """Return SQL of what was known of each thing on each day on which something came to be known."""
    return f"""
      select w.* from (
        select distinct on (f.lineage, f.known_on) f.*
          from {kind.table} f
          join ledger.entry e on e.source = 'event' and e.source_id = f.event_id
         where {_candidates_sql(kind, condition)} and e.position <= %(position)s
           and f.event_id not in (select undone_event from undone)
           {_day_sql(view)} {seen_sql(view, kind)}
         order by f.lineage, f.known_on, e.position desc, f.fact_id desc) w
       where not w.gone"""


def _days(view: View, sql: str, lineages: Collection[uuid.UUID]) -> dict[uuid.UUID, Any]:
    with seeing(view.eyes), connection.cursor() as cursor, _refusing_the_future(view):
        cursor.execute(
            f"{preamble_sql(view.joined_up())} {sql}",
            parameters(view) | {"lineages": list(lineages)},
        )
        return dict(cursor.fetchall())


_NOT_BY_RECORD = frozenset({"incident", "identity_judgement", "incident_judgement", "holding"})
_NOT_BY_CASE = frozenset(
    {"person_record", "incident", "identity_judgement", "incident_judgement", "holding"}
)


def winners_sql(kind: Kind, view: View, condition: str, *, again: str | None = None) -> str:
    """Return the SQL of the winning versions, under `view`, of things met by `condition`.

    `condition` picks candidates by any version of theirs and, unless `again` says
    otherwise, is asked once more of the winner. Parameters: `position`, `on`,
    `holders`. Expects the common table expressions of `_preamble`.
    """
    return f"""
      select w.* from (
        select distinct on (f.lineage) f.*, e.position
          from {kind.table} f
          join ledger.entry e on e.source = 'event' and e.source_id = f.event_id
         where {_candidates_sql(kind, condition)}
           and e.position <= %(position)s
           and f.event_id not in (select undone_event from undone)
           {_day_sql(view)} {_holder_sql(view, kind)} {seen_sql(view, kind)}
         order by f.lineage, f.known_on desc, e.position desc, f.fact_id desc) w
       where not w.gone and w.{again or condition}"""


def _candidates_sql(kind: Kind, condition: str) -> str:
    """Return what picks the things to consider: those of which any version meets the condition."""
    if condition.startswith(
        "lineage "
    ):  # every version of a thing has its lineage: no need to look twice
        return f"f.{condition}"
    return f"f.lineage in (select c.lineage from {kind.table} c where c.{condition})"


def _day_sql(view: View, alias: str = "f") -> str:
    if view.on is None:
        return ""
    return f"and {alias}.known_on {'<=' if view.includes_day else '<'} %(on)s"


def seen_sql(view: View, kind: Kind, alias: str = "f") -> str:
    """Return SQL that leaves out every version that stands behind a wall for the view's eyes.

    Versions, not things: what an unwalled version said earlier stands, exactly as in a
    record that the walled one was never written to.
    """
    if view.eyes is None:
        return ""
    behind = " or ".join(
        f"{alias}.{name} in (select lineage from hidden)" for name in naming_columns(kind)
    )
    return (
        f"and ({behind} or {alias}.holder_id in (select holder_id from hidden_holder)) is not true"
    )


def _holder_sql(view: View, kind: Kind) -> str:
    if view.held_by is None:
        return ""
    if kind.name == "holding":
        return "and f.holder_id = any(%(holders)s)"
    return f"and (f.holder_id = any(%(holders)s) or {_told_sql(view)})"


def _told_sql(view: View) -> str:
    """Return SQL of whether a holding, as the view shows it, covers this version.

    Asked for each version in question: a big holder's holdings are too many to look
    through all of them for the page of one person.
    """
    return f"""exists (
      select from (
        select distinct on (g.lineage) g.held_lineage, g.known_on, g.gone
          from facts.holding g
          join ledger.entry n on n.source = 'event' and n.source_id = g.event_id
         where g.lineage in (select d.lineage from facts.holding d where d.held_lineage = f.lineage)
           and g.holder_id = any(%(holders)s)
           and n.position <= %(position)s
           and g.event_id not in (select undone_event from undone)
           {_day_sql(view, "g")} {seen_sql(view, KINDS["holding"], "g")}
         order by g.lineage, g.known_on desc, n.position desc, g.fact_id desc) h
       where not h.gone and h.held_lineage = f.lineage and h.known_on >= f.known_on)"""


def preamble_sql(view: View) -> str:
    """Return the common table expressions that every read under a view starts with."""
    undone = """with undone as materialized (
      select u.undone_event from ledger.batch_undo u
        join ledger.entry e on e.source = 'event' and e.source_id = u.event_id
       where e.position <= %(position)s
       union all select ledger.not_reached(%(position)s) from ledger.frontier where size < %(position)s)"""
    return undone if view.eyes is None else f"{undone}, {HIDDEN}"


HIDDEN = """hidden as materialized (select lineage from public.hidden_from(%(eyes)s)),
  hidden_holder as materialized (select holder_id from public.holders_hidden_from(%(eyes)s))"""
"""What is not there for the account called `eyes`: the beginning of any SQL that `seen_sql` is part of."""


def parameters(view: View) -> dict[str, Any]:
    """Return the values that the SQL of a view refers to."""
    return {
        "position": view.position,
        "on": view.on,
        "holders": sorted(view.held_by) if view.held_by is not None else None,
        "eyes": view.eyes,
    }


def _read(view: View, wanted: Mapping[str, str], lineages: Collection[uuid.UUID]) -> list[Fact]:
    if not lineages:
        return []
    parts = [
        f"select '{name}' as kind, to_jsonb(v) - 'salt' - 'leaf' as row from"
        f" ({winners_sql(KINDS[name], view, f'{column} = any(%(lineages)s)')}) v"
        for name, column in wanted.items()
    ]
    sql = f"{preamble_sql(view)} {' union all '.join(parts)}"
    with seeing(view.eyes), connection.cursor() as cursor, _refusing_the_future(view):
        cursor.execute(sql, parameters(view) | {"lineages": list(lineages)})
        rows: Iterable[tuple[str, Any]] = cursor.fetchall()
    return [_fact(KINDS[name], _loaded(row)) for name, row in rows]


@contextmanager
def _refusing_the_future(view: View) -> Iterator[None]:
    try:
        yield
    except DataError as error:
        if getattr(error.__cause__, "sqlstate", None) != _NOT_REACHED:
            raise
        raise UsageError(
            f"The record has not reached position {view.position}.",
            next_step="Ask for a position that the ledger has given out.",
        ) from error


_NOT_REACHED = "22003"


def _loaded(row: Any) -> Any:
    return json.loads(row) if isinstance(row, str) else row


def _fact(kind: Kind, row: dict[str, Any]) -> Fact:
    for name in _DATES:
        row[name] = row[name] and date.fromisoformat(row[name])
    for name in _LINEAGES:
        row[name] = row[name] and uuid.UUID(row[name])
    return Fact(
        kind=kind.name,
        values={column.name: _value(column.type, row[column.name]) for column in kind.columns},
        **{name: row[name] for name in _FACT_FIELDS},
    )


_FACT_FIELDS = tuple(name for name in Fact.__slots__ if name not in {"kind", "values"})


def _value(column_type: ColumnType, value: Any) -> Any:
    if value is None:
        return None
    match column_type:
        case ColumnType.DATE:
            return date.fromisoformat(value)
        case ColumnType.LINEAGE:
            return uuid.UUID(value)
        case ColumnType.CODES:
            return tuple(value.split(",")) if value else ()
        case ColumnType.MONEY:
            return Decimal(str(value)).quantize(_PENNY)  # jsonb hands it over as a float
        case _:
            return value
