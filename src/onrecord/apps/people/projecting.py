"""Keep the projections of people and cases equal to the facts.

Each function works on the lineages it is given, or on everything. A refresh and
a rebuild run the same SQL, so they cannot come to differ.
"""

import uuid
from collections.abc import Collection, Iterable, Mapping

from django.db import connection

from onrecord.apps.audit.selectors import current_position
from onrecord.apps.facts.reading import facts_by, parameters, preamble_sql, winners_sql
from onrecord.apps.facts.seeing import THE_WHOLE_RECORD, seeing
from onrecord.core.conduct.judging import APART_SQL, HELD_SQL, SUREST_FIRST_SQL, held
from onrecord.core.kernel.ids import public_reference
from onrecord.core.kernel.joining import joined
from onrecord.core.kernel.kinds import KINDS
from onrecord.core.timekeeping.views import View

type Lineages = Collection[uuid.UUID]

_EVERY = "lineage is not null"
_THESE = "lineage = any(%(lineages)s)"

_PERSON_SEARCH = """
insert into projection.person_search
select w.lineage, w.organisation_id, w.wall, w.source_ref,
       coalesce(nullif(trim(concat_ws(' ', w.given_names, w.middle_names, w.family_name, w.suffix)), ''),
                w.source_ref, 'no name'),
       (select string_agg(distinct lower(unaccent(concat_ws(' ', v.given_names, v.middle_names, v.family_name))), ' | ')
          from facts.person_record v where v.lineage = w.lineage
           and v.event_id not in (select undone_event from undone)),
       (select concat_ws(' | ', string_agg(distinct lower(v.service_number), ' | '),
                         string_agg(distinct lower(v.warrant_number), ' | '), lower(w.source_ref))
          from facts.person_record v where v.lineage = w.lineage
           and v.event_id not in (select undone_event from undone))
  from ({winners}) w"""

_CASES = "select w.lineage, {reference}, w.organisation_id, w.wall from ({winners}) w"
_CASE_COLUMNS = "(case_lineage, kind, public_reference, holder_reference, organisation_id, wall)"
_SLICES = tuple(f"{digit:x}" for digit in range(16))
"""Every lineage begins with one of these; a sixteenth of them at a time keeps memory flat."""


@seeing(THE_WHOLE_RECORD)
def refresh_records(lineages: Lineages | None) -> None:
    """Make what person records are found by anew, for these records or for all."""
    _replace("person_search", "record_lineage", lineages)
    _insert(_PERSON_SEARCH, "person_record", lineages)


def mentions_are_due(lineages: Lineages | None) -> None:
    """Have these records, or all, brought anew into the shape in which they are compared."""
    _replace("mention", "record_lineage", lineages)
    condition = "" if lineages is None else " where record_lineage = any(%(lineages)s)"
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into projection.mention (record_lineage)"
            f" select record_lineage from projection.person_search{condition}",
            {"lineages": list(lineages or ())},
        )


@seeing(THE_WHOLE_RECORD)
def refresh_cases(lineages: Lineages | None) -> None:
    """Make what cases and incidents are found by anew, for these or for all."""
    _replace("case_search", "case_lineage", lineages)
    for kind, fact, reference in (
        ("case", "case_reported", "w.reference"),
        ("incident", "incident", "w.source_ref"),
    ):
        conditions = [_THESE] if lineages is not None else [_between(slice_) for slice_ in _SLICES]
        for condition in conditions:
            _copy(
                f"projection.case_search {_CASE_COLUMNS}",
                _found_cases(kind, fact, reference, condition, lineages),
            )


def _between(digit: str) -> str:
    low, high = digit + "0" * 31, digit + "f" * 31
    return f"lineage between '{uuid.UUID(low)}' and '{uuid.UUID(high)}'"


def _found_cases(
    kind: str, fact: str, reference: str, condition: str, lineages: Lineages | None
) -> list[tuple[object, ...]]:
    """Return the rows by which cases are found, each with its public reference."""
    view = View.of_the_record(current_position())
    sql = _CASES.format(reference=reference, winners=winners_sql(KINDS[fact], view, condition))
    with connection.cursor() as cursor:
        cursor.execute(
            f"{preamble_sql(view)} {sql}", parameters(view) | {"lineages": list(lineages or ())}
        )
        rows = cursor.fetchall()
    letter = "C" if kind == "case" else "I"
    return [(lineage, kind, public_reference(letter, lineage), *rest) for lineage, *rest in rows]


@seeing(THE_WHOLE_RECORD)
def refresh_people(lineages: Lineages | None) -> None:
    """Work out anew which records are one person, for every person that these records touch."""
    affected = None if lineages is None else _touched(lineages)
    groups = _groups(affected)
    _replace("person", "record_lineage", affected)
    own = {record: public_reference("P", record) for record in groups}
    rows = [(record, person, own[person], own[record]) for record, person in groups.items()]
    _copy("projection.person (record_lineage, person_lineage, reference, own_reference)", rows)


def _touched(lineages: Lineages) -> list[uuid.UUID]:
    """Return these records, everybody ever judged against them, and their present fellows."""
    with connection.cursor() as cursor:
        cursor.execute(
            """with recursive reached(record) as (
                 select unnest(%(lineages)s::uuid[])
                 union
                 select case when j.record_a = r.record then j.record_b else j.record_a end
                   from reached r join facts.identity_judgement j on r.record in (j.record_a, j.record_b))
               select record from reached
               union
               select f.record_lineage from reached r
                 join projection.person p on p.record_lineage = r.record
                 join projection.person f on f.person_lineage = p.person_lineage""",
            {"lineages": list(lineages)},
        )
        return [row[0] for row in cursor.fetchall()]


def _known_records(lineages: Lineages | None) -> list[uuid.UUID]:
    condition = "true" if lineages is None else "record_lineage = any(%(lineages)s)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"select record_lineage from projection.person_search where {condition}",
            {"lineages": list(lineages or ())},
        )
        return [row[0] for row in cursor.fetchall()]


def _groups(lineages: Lineages | None) -> Mapping[uuid.UUID, uuid.UUID]:
    """Return the least record of each record's person, with nobody's eyes: what is walled joins no one.

    A person's public reference comes from the least of their records. If a walled record
    could be that one, the reference would tell that there is such a record.
    """
    view, members = View(position=current_position()), _known_records(lineages)
    if lineages is not None:
        judged = facts_by(view, "identity_judgement", "record_a", lineages)
        return held(judged, "record_a", "record_b").groups(members)
    winners = winners_sql(KINDS["identity_judgement"], view, _EVERY)
    pairs = (
        f"{preamble_sql(view)} select record_a, record_b from ({winners}) w group by 1, 2 having"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"{pairs} {APART_SQL}", parameters(view))
        apart = list(cursor.fetchall())
        cursor.execute(f"{pairs} {HELD_SQL} order by {SUREST_FIRST_SQL}", parameters(view))
        return joined(members, cursor.fetchall(), apart)


def _replace(table: str, key: str, lineages: Lineages | None) -> None:
    with connection.cursor() as cursor:
        if lineages is None:
            cursor.execute(f"delete from projection.{table}")
        else:
            cursor.execute(
                f"delete from projection.{table} where {key} = any(%s)", [list(lineages)]
            )


def _insert(template: str, kind: str, lineages: Lineages | None) -> None:
    view = View.of_the_record(current_position())
    winners = winners_sql(KINDS[kind], view, _EVERY if lineages is None else _THESE)
    with connection.cursor() as cursor:
        cursor.execute(
            f"{preamble_sql(view)} {template.format(winners=winners)}",
            parameters(view) | {"lineages": list(lineages or ())},
        )


def _copy(target: str, rows: Iterable[tuple[object, ...]]) -> None:
    connection.ensure_connection()
    with connection.connection.cursor() as cursor, cursor.copy(f"copy {target} from stdin") as copy:
        for row in rows:
            copy.write_row(row)
