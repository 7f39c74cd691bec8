"""Count the reported review from the ground truth, by a query of its own.

Written from the definition in words, without the code that selects cohorts, so
that the two can disagree. It reads the truth: who people are, not who a linkage
thinks they are. *Completed sexual-offence or domestic-abuse cases, whoever
holds them, finalised in the ten years, whose subject serves in the large force on
the selection date and was not dismissed.*
"""

from dataclasses import dataclass

import duckdb

from onrecord.core.world.scales import EXTRACTED_ON, NORTHSHIRE, WINDOW

_SQL = f"""
with serving as (
  select distinct person from employed
  where org = '{NORTHSHIRE.code}' and joined <= date '{EXTRACTED_ON}'
    and (ended is null or ended > date '{EXTRACTED_ON}')
),
dismissed as (select distinct person from employed where ending = 'left_dismissed'),
completed as (
  select org, system, ref, case_type from cases
  where finalised between date '{WINDOW[0]}' and date '{WINDOW[1]}'
),
about as (
  select org, system, ref, person, number from allegations
  where (contains(lower(category), 'domestic') or contains(lower(category), 'sexual')
      or category in ('Rape', 'Exposure', 'Voyeurism', 'Controlling or coercive behaviour'))
    and not contains(lower(coalesce(sanction, '')), 'dismiss')
)
select count(distinct a.person) as people,
  count(distinct (a.org, a.system, a.ref)) as cases,
  count(distinct (a.person, a.org, a.system, a.ref)) as items,
  count(a.number) as allegations
from about a join completed c using (org, system, ref)
join serving s using (person)
where a.person not in (from dismissed)
"""


@dataclass(frozen=True, slots=True)
class ReviewCounts:
    """The reported review, counted: people, cases, review items, allegations."""

    people: int
    cases: int
    items: int
    allegations: int


def count_review(truth: duckdb.DuckDBPyConnection) -> ReviewCounts:
    """Count the reported review in a database that holds the truth's tables."""
    row = truth.execute(_SQL).fetchone()
    if row is None:  # pragma: no cover - a count always has a row
        return ReviewCounts(0, 0, 0, 0)
    return ReviewCounts(*(int(number) for number in row))
