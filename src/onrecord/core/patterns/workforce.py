"""Who served on which day, and what is on record of them by which prompts are compared: sex, ethnicity, age.

Days of birth are in no snapshot: an age is told where a source gives a year.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import duckdb

_SERVING = """
with spell as (
  select coalesce(p.cluster, s.record_lineage) as person, coalesce(s.happened_from, date '0001-01-01') as began,
         coalesce(e.ended_on, date '9999-12-31') as ended
    from known_service_spell s
    left join person_cluster p on p.member = s.record_lineage
    left join (select spell, min(coalesce(ended_on, happened_from, known_on)) as ended_on
                 from known_spell_end where known_until = date '9999-12-31' group by 1) e on e.spell = s.lineage
   where s.is_service and s.known_until = date '9999-12-31')
"""

_ABOUT = """
select cast(coalesce(p.cluster, r.lineage) as varchar) as person, min(r.recorded_sex) as sex,
       min(r.recorded_ethnicity) as ethnicity, min(r.birth_year) as born
  from known_person_record r left join person_cluster p on p.member = r.lineage
 where r.known_until = date '9999-12-31' group by 1
"""
_BANDS = ((30, "under 30"), (40, "30 to 39"), (50, "40 to 49"), (200, "50 and over"))
NOT_KNOWN = "not recorded"
GROUPS = ("sex", "ethnicity", "age")


@dataclass(frozen=True, slots=True)
class About:
    """What is on record of a person by which groups are compared; nothing is inferred."""

    sex: str
    ethnicity: str
    born: int | None

    def group(self, name: str, on: date) -> str:
        """Return the group of somebody on a day."""
        if name == "sex":
            return self.sex or NOT_KNOWN
        if name == "ethnicity":
            return self.ethnicity or NOT_KNOWN
        if self.born is None:
            return NOT_KNOWN
        return next(words for least, words in _BANDS if on.year - self.born < least)


def serving_by_year(con: duckdb.DuckDBPyConnection, years: range) -> Mapping[int, int]:
    """Return how many people served in the middle of each year, as far as is known today."""
    rows = con.execute(
        f"{_SERVING} select y.y, count(distinct s.person) from unnest(?::int[]) y(y)"
        " join spell s on s.began <= make_date(y.y, 7, 1) and s.ended > make_date(y.y, 7, 1) group by 1",
        [list(years)],
    ).fetchall()
    return {int(year): int(many) for year, many in rows}


def about_everybody(con: duckdb.DuckDBPyConnection) -> Mapping[str, About]:
    """Return what is on record of everybody."""
    return {
        person: About(sex or "", ethnicity or "", born)
        for person, sex, ethnicity, born in con.execute(_ABOUT).fetchall()
    }
