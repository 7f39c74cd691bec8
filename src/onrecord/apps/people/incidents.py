"""Which cases are records of one incident, as recorded by a ledger position.

A case's member is the incident that its source names, else the case itself, which
then stands for its own incident; members are joined by what was judged. Cohorts
join them alike (`core.snapshots.clusters`), so every page counts as they do.
"""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from onrecord.apps.facts.reading import facts_by
from onrecord.apps.facts.seeing import THE_WHOLE_RECORD, seeing
from onrecord.core.conduct.judging import held
from onrecord.core.kernel.facts import Fact
from onrecord.core.kernel.joining import joined
from onrecord.core.timekeeping.views import View

type Pair = tuple[uuid.UUID, uuid.UUID]


@dataclass(frozen=True, slots=True)
class Incidents:
    """Incidents around some cases, in one view.

    Attributes:
        reported: the cases of these incidents that the view knows, by lineage.
        joins: members judged to be one incident, with the day of the judgement, in time.
        groups: each member's incident: the least lineage among those joined to it.
    """

    reported: Mapping[uuid.UUID, Fact]
    joins: Sequence[tuple[date, Pair]]
    groups: Mapping[uuid.UUID, uuid.UUID]

    def of(self, case: uuid.UUID) -> uuid.UUID:
        """Return the incident of a case, known by the least lineage that it has."""
        return self.of_member(_member(case, self.reported))

    def of_member(self, member: uuid.UUID) -> uuid.UUID:
        """Return the incident that a member, an incident or a case on its own, belongs to."""
        return self.groups.get(member, member)

    def cases_of(self, incident: uuid.UUID) -> list[Fact]:
        """Return the cases of an incident that the view knows, oldest known first."""
        found = [fact for case, fact in self.reported.items() if self.of(case) == incident]
        return sorted(found, key=lambda fact: (fact.known_on, fact.fact_id))

    def joined_on(self, case: uuid.UUID, other: uuid.UUID) -> date | None:
        """Return the day since when two cases are judged one incident; none if their source says so."""
        ends = _member(case, self.reported), _member(other, self.reported)
        if ends[0] == ends[1]:
            return None
        so_far: list[Pair] = []
        for on, pair in self.joins:
            so_far.append(pair)
            groups = joined(ends, so_far)
            if groups[ends[0]] == groups[ends[1]]:
                return on
        return None


def incidents_around(view: View, cases: Collection[uuid.UUID]) -> Incidents:
    """Return the incidents of these cases, with every other case of the same incidents.

    Judgements are read at the end of the record, as those about identity are: today's
    understanding of what is what (`design.md` §1). Cases are as the view knows them.
    """
    reach = _ever_connected(view, cases)
    reported = {fact.lineage: fact for fact in facts_by(view, "case_reported", "lineage", reach)}
    judged = facts_by(view.at_end_of_record(), "incident_judgement", "case_a", reach)
    found = held(judged, "case_a", "case_b", of=lambda case: _member(case, reported))
    joins = sorted(
        (fact.known_on, (_member(fact["case_a"], reported), _member(fact["case_b"], reported)))
        for fact in found.same
    )
    return Incidents(reported, joins, found.groups(_member(case, reported) for case in reach))


@seeing(THE_WHOLE_RECORD)
def cases_of_incident(incident: uuid.UUID) -> list[uuid.UUID]:
    """Return every case that any version of it put under this incident."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select distinct lineage from facts.case_reported where incident = %s", [incident]
        )
        return [row[0] for row in cursor.fetchall()]


def _member(case: uuid.UUID, reported: Mapping[uuid.UUID, Fact]) -> uuid.UUID:
    fact = reported.get(case)
    named: uuid.UUID | None = fact["incident"] if fact else None
    return named or case


def _ever_connected(view: View, cases: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    """Return every case that any version of a judgement or of a shared incident connects."""
    with seeing(view.eyes), connection.cursor() as cursor:
        cursor.execute(
            """with recursive reached(found) as (
                 select unnest(%s::uuid[])
                 union
                 select x.found from reached r
                   cross join lateral (
                     select case_b as found from facts.incident_judgement where case_a = r.found
                     union all
                     select case_a from facts.incident_judgement where case_b = r.found
                     union all
                     select o.lineage from facts.case_reported c
                       join facts.case_reported o on o.incident = c.incident
                      where c.lineage = r.found) x)
               select found from reached""",
            [list(cases)],
        )
        return [row[0] for row in cursor.fetchall()]
