"""Who somebody may be, by what is typed of them: each record it may be of, with why.

It answers which records to look at, and settles nothing: only a judgement makes two records one
person. What the viewer may not see is neither found nor counted.
"""

import json
import threading
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection

from onrecord.apps.access.policies import require
from onrecord.apps.audit.services import record_consultation
from onrecord.apps.facts.reading import HIDDEN
from onrecord.apps.facts.seeing import seeing
from onrecord.apps.linking.known import ONE_ALONE, bring_into_shape, is_in_shape
from onrecord.apps.people.finding import SEEN_SQL
from onrecord.apps.people.reaching import records_in_reach
from onrecord.core.kernel.errors import NotFoundError, UsageError
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.linkage.asking import Asker, Shaped, ShapedMention
from onrecord.core.linkage.models import LinkModel, newest_model
from onrecord.core.linkage.specs import shipped_spec
from onrecord.core.linkage.weighing import Weighed

PEOPLE = "people"
MOST_COMPARED = 200
"""So many records are weighed, those that have most in common by keys first."""
MOST_ANSWERED = 10
SHAPED_ON_THE_WAY = 200
"""So many records that are due are brought into shape before an answer; a run does the rest."""

_NEAR = f"""with {HIDDEN}
select s.record_lineage, p.reference, s.display_name, o.name, s.source_ref, m.shaped
  from projection.mention m
  join projection.person_search s using (record_lineage)
  join projection.person p using (record_lineage)
  join public.organisations_organisation o on o.id = s.organisation_id
 where m.keys && %(keys)s::bigint[] and {SEEN_SQL}
 order by cardinality(array(select unnest(m.keys) intersect select unnest(%(keys)s::bigint[]))) desc,
       s.record_lineage
 limit {MOST_COMPARED}"""

_DUE = f"""with {HIDDEN}
select count(*) from projection.mention m join projection.person_search s using (record_lineage)
 where m.shaped is null and {SEEN_SQL}"""

_DAY = "%Y%m%d"


@dataclass(frozen=True, slots=True)
class Typed:
    """What is known of somebody; whatever is not known is left out."""

    family: str = ""
    given: str = ""
    middle: str = ""
    birth_date: date | None = None
    birth_year: int | None = None
    sex: str = ""
    number: str = ""
    warrant: str = ""

    def as_mention(self) -> dict[str, Any]:
        """Return it as a mention that is not yet in shape."""
        return {
            "family": self.family or None, "given": self.given or None, "middle": self.middle or None,
            "birth_date": self.birth_date.strftime(_DAY) if self.birth_date else None,
            "birth_year": self.birth_year, "sex": self.sex or None, "number": self.number or None,
            "warrant": self.warrant or None,
        }  # fmt: skip

    @property
    def words(self) -> str:
        """Return what was typed, as searches keep it for a month."""
        parts = (self.given, self.middle, self.family, self.number, self.warrant)
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person that it may be, by the record of theirs that speaks loudest.

    Attributes:
        weight: log 2 of the odds that the two are one person.
        words: what speaks for it and what against.
        is_sure: whether a run of linkage would join the two with nobody asked.
    """

    reference: str
    name: str
    organisation: str
    source_ref: str
    weight: float
    words: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """Who it may be, likeliest first.

    Attributes:
        waiting: records that could not be compared yet.
    """

    candidates: tuple[Candidate, ...]
    model: str
    waiting: int


def who_may_it_be(viewer: Viewer, typed: Typed, *, models: Path) -> Answer:
    """Return the people on record whom what was typed may be about, and record the search.

    Raises:
        NotFoundError: no model was learned yet.
        NotPermittedError: the viewer's duty does not include looking for people.
        UsageError: too little was typed for anybody to be found by it.
    """
    require(viewer, "person:search")
    model, asker = asker_of(models)
    waiting = _waiting(viewer)
    one = asker.shape(typed.as_mention())
    if one.says_nothing:
        raise UsageError(
            "That is too little to find anybody by.",
            next_step="Give a family name and a given name, or a name and a date of birth, or a warrant number.",
        )
    near = _near(viewer, one)
    weighed = asker.weigh(one.values, [row.shaped for row in near], shares_of(one.values, asker))
    found = _candidates(weighed, near)
    record_consultation(
        viewer, "person:search", object_kind="search", object_ref=f"{len(found)} found",
        typed=typed.words,
    )  # fmt: skip
    return Answer(found, model.name, waiting)


@dataclass(frozen=True, slots=True)
class _Near:
    record: uuid.UUID
    reference: str
    name: str
    organisation: str
    source_ref: str | None
    shaped: Shaped


def _near(viewer: Viewer, one: ShapedMention) -> list[_Near]:
    with seeing(viewer.eyes), connection.cursor() as cursor:
        cursor.execute(_NEAR, _seen_by(viewer) | {"keys": one.keys})
        return [
            _Near(record, reference, name, organisation, source_ref, json.loads(shaped))
            for record, reference, name, organisation, source_ref, shaped in cursor.fetchall()
        ]


def shares_of(one: Shaped, asker: Asker) -> dict[tuple[str, str], float]:
    """Return how frequent the values of the one that is asked for are."""
    wanted = [(name, one[name]) for name in asker.frequent if one[name]]
    with connection.cursor() as cursor:
        cursor.execute(
            "select w.name, w.value, coalesce(v.share, alone.share) from unnest(%s::text[], %s::text[]) w(name, value)"
            " left join projection.mention_value v on (v.column_name, v.value) = (w.name, w.value)"
            " left join projection.mention_value alone on (alone.column_name, alone.value) = (w.name, %s)",
            [[name for name, _ in wanted], [value for _, value in wanted], ONE_ALONE],
        )
        return {(name, value): share for name, value, share in cursor.fetchall()}


def _candidates(weighed: Sequence[Weighed], near: Sequence[_Near]) -> tuple[Candidate, ...]:
    spec = shipped_spec(PEOPLE)
    by_record = {str(row.record): row for row in near}
    found: dict[str, Candidate] = {}
    for each in weighed:
        row = by_record[each.other]
        if each.weight < spec.desk or row.reference in found:
            continue
        found[row.reference] = Candidate(
            row.reference, row.name, row.organisation, row.source_ref or "", each.weight, each.words,
            each.weight >= spec.automatic,
        )  # fmt: skip
    return tuple(found.values())[:MOST_ANSWERED]


def _waiting(viewer: Viewer) -> int:
    """Bring into shape what came since the last run, if it is not too much, and return what is left.

    Only what this viewer could be answered with is counted: of what is walled nobody is told that
    it came.
    """
    spec = shipped_spec(PEOPLE)
    if is_in_shape(spec):
        return 0
    bring_into_shape(spec, most=SHAPED_ON_THE_WAY)
    with seeing(viewer.eyes), connection.cursor() as cursor:
        cursor.execute(_DUE, _seen_by(viewer))
        return int(cursor.fetchone()[0])


def _seen_by(viewer: Viewer) -> dict[str, Any]:
    within = records_in_reach(viewer, "person:search")
    return {"eyes": viewer.eyes, "within": within if within is None else sorted(within)}


_kept = threading.local()


def asker_of(models: Path) -> tuple[LinkModel, Asker]:
    """Return the newest model, and what asks by it; this thread's own."""
    spec = shipped_spec(PEOPLE)
    changed = models.stat().st_mtime_ns if models.is_dir() else 0
    kept: Mapping[tuple[Path, int], tuple[LinkModel, Asker]] = getattr(_kept, "askers", {})
    if (models, changed) not in kept:
        model = newest_model(models, spec)
        if model is None:
            raise NotFoundError(
                "There is no model to compare people by yet.",
                next_step="Ask whoever runs this installation to run: onrecord link",
            )
        kept = {(models, changed): (model, Asker(spec, model.weights))}
        _kept.askers = kept
    return kept[models, changed]
