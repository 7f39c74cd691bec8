"""Find people by what a person types: a name, a number, a reference."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import connection

from onrecord.apps.audit.services import record_consultation
from onrecord.apps.facts.reading import HIDDEN
from onrecord.apps.facts.seeing import seeing
from onrecord.apps.people.policies import may_look_at_people
from onrecord.apps.people.reaching import reaches_person, records_in_reach
from onrecord.core.kernel.errors import NotFoundError
from onrecord.core.kernel.ids import is_public_reference, lineage_of
from onrecord.core.kernel.viewers import Viewer

LIKE_ENOUGH = 0.3
"""Trigram similarity above which a name is offered (measured in `factstore.md` §1)."""

WORD_LIKE_ENOUGH = ("0.6", "0.3")
"""The same for one word of a name: two letters swapped in a short surname leave a third."""

_COLONS_IN_A_KEY = 2

type Parameters = dict[str, str | int | list[uuid.UUID] | None]

SEEN_SQL = """s.wall = 0
   and s.record_lineage not in (select lineage from hidden)
   and (%(within)s::uuid[] is null or s.record_lineage = any(%(within)s))
   and (not exists (select from hidden_holder) or exists (
     select from facts.person_record r where r.lineage = s.record_lineage
        and r.holder_id not in (select holder_id from hidden_holder)))"""
"""What a search may find: what no wall hides, and what the account reaches."""

_BY_NAME = f"""with {HIDDEN}
select p.reference, s.display_name, o.name, s.source_ref, s.numbers, similarity(s.names, q.text) as near
  from (select lower(unaccent(%(text)s)) as text) q, projection.person_search s
  join projection.person p using (record_lineage)
  join public.organisations_organisation o on o.id = s.organisation_id
 where {SEEN_SQL} and (s.names %% q.text or q.text <%% s.names)
 order by greatest(similarity(s.names, q.text), word_similarity(q.text, s.names)) desc, s.display_name, p.reference
 limit %(limit)s"""

_BY_NUMBER = f"""with {HIDDEN}, hit as materialized (
  select p.person_lineage, s.record_lineage,
         row_number() over (order by s.record_lineage = any(%(records)s) desc,
                            (lower(s.source_ref) = lower(%(text)s)) desc nulls last,
                            length(s.numbers), s.display_name, p.reference) as place
    from projection.person_search s
    join projection.person p using (record_lineage)
   where {SEEN_SQL}
     and (s.numbers like %(part)s or lower(s.source_ref) = lower(%(text)s)
          or p.own_reference = upper(%(text)s) or s.record_lineage = any(%(records)s))
   order by place limit %(limit)s)
select p.reference, s.display_name, o.name, s.source_ref, s.numbers, 1.0
  from (select person_lineage, min(place) as place from hit group by 1) f
  join projection.person p using (person_lineage)
  join projection.person_search s using (record_lineage)
  join public.organisations_organisation o on o.id = s.organisation_id
  left join hit h using (record_lineage)
 where {SEEN_SQL}
 order by f.place, h.place, s.display_name, s.record_lineage"""
"""People by a number of any record of theirs, each with all of their records, the one hit first."""


@dataclass(frozen=True, slots=True)
class PersonHit:
    """One person that a search found: their nearest record, and who holds the others found."""

    reference: str
    name: str
    organisation: str
    source_ref: str | None
    numbers: str


def search_people(viewer: Viewer, text: str, *, limit: int = 20) -> list[PersonHit]:
    """Return the people whose name, number or reference is like `text`, nearest first.

    What the viewer may not see is not there. The search is recorded, without its
    words: a name typed is a personal value.
    """
    text = text.strip()
    if not text or not may_look_at_people(viewer):
        return []
    number = _number_in(text)
    within = records_in_reach(viewer, "person:search")
    parameters: Parameters = {
        "text": number or text,
        "part": f"%{_escaped(number.lower())}%",
        "records": _records_typed(text),
        "eyes": viewer.eyes,
        "within": within if within is None else sorted(within),
        "limit": limit * 3,
    }
    by_number = number or parameters["records"]
    hits = _hits(_BY_NUMBER, parameters) if by_number else _hits_by_name(parameters)
    found = _one_a_person(hits)[:limit]
    record_consultation(
        viewer,
        "person:search",
        object_kind="search",
        object_ref=f"{len(found)} found",
        typed=text,
    )
    return found


def _number_in(text: str) -> str:
    """Return the number or reference that was typed, without the rank before it: `PC 4471` is 4471."""
    words = [word for word in text.split() if any(character.isdigit() for character in word)]
    return max(words, key=len, default="")


def _records_typed(text: str) -> list[uuid.UUID]:
    """Return the records that `HOLDER:SYSTEM:KEY` can mean, however the holder's code was typed."""
    if text.count(":") < _COLONS_IN_A_KEY:
        return []
    organisation, system, key = text.split(":", _COLONS_IN_A_KEY)
    codes = {f"{organisation}:{system}", f"{organisation}:{system}".upper()}
    return [lineage_of(code, "person_record", key) for code in sorted(codes)]


def _hits_by_name(parameters: Parameters) -> list[PersonHit]:
    """Return names like what was typed; less and less like it until something is found."""
    for near in WORD_LIKE_ENOUGH:
        with connection.cursor() as cursor:
            cursor.execute(
                "select set_config('pg_trgm.word_similarity_threshold', %s, false)", [near]
            )
        if hits := _hits(_BY_NAME, parameters):
            return hits
    return []


def _hits(sql: str, parameters: Parameters) -> list[PersonHit]:
    with seeing(str(parameters["eyes"])), connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [PersonHit(*row[:5]) for row in cursor.fetchall()]


def _one_a_person(hits: Iterable[PersonHit]) -> list[PersonHit]:
    """Return one hit a person, where their nearest record stood, naming every record's holder."""
    people: dict[str, PersonHit] = {}
    for hit in hits:
        nearest = people.setdefault(hit.reference, hit)
        if nearest is hit:
            continue
        names = dict.fromkeys((*nearest.organisation.split(", "), hit.organisation))
        people[hit.reference] = replace(
            nearest,
            organisation=", ".join(names),
            numbers=" | ".join(filter(None, (nearest.numbers, hit.numbers))),
        )
    return list(people.values())


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


def person_lineage(viewer: Viewer, reference: str) -> uuid.UUID:
    """Return the lineage of the person meant by a public id or by `HOLDER:SYSTEM:KEY`.

    Raises:
        NotFoundError: there is none, or none that is there for this viewer.
    """
    return _found(viewer, reference)[0][0]


def records_of(viewer: Viewer, reference: str) -> frozenset[uuid.UUID]:
    """Return the records of the person meant by a public id.

    Raises:
        NotFoundError: there is none, or none that is there for this viewer.
    """
    person = person_lineage(viewer, reference)
    with connection.cursor() as cursor:
        cursor.execute(_RECORDS + " where p.person_lineage = %s", [person])
        return frozenset(row[1] for row in cursor.fetchall())


def _found(viewer: Viewer, reference: str) -> list[tuple[uuid.UUID, uuid.UUID]]:
    with connection.cursor() as cursor:
        if is_public_reference(reference):
            # A person's reference is that of their least record. Who joined them, or parted from
            # them, is found by any other that was ever given.
            cursor.execute(_RECORDS + " where p.own_reference = %s", [reference.upper()])
        else:
            organisation, _, rest = reference.partition(":")
            system, _, key = rest.partition(":")
            record = lineage_of(f"{organisation}:{system}", "person_record", key)
            cursor.execute(_RECORDS + " where p.record_lineage = %s", [record])
        rows: list[tuple[uuid.UUID, uuid.UUID]] = cursor.fetchall()
    if not rows or not reaches_person(viewer, "person:read", [row[1] for row in rows]):
        raise nobody()
    return rows


def nobody() -> NotFoundError:
    """Return the one answer for a person who does not exist and for one out of reach."""
    return NotFoundError(
        "There is nobody on record by that reference, or nobody you may see.",
        next_step="Check it, or search by name or number.",
    )


_RECORDS = "select p.person_lineage, p.record_lineage from projection.person p"
