"""SQL for what another organisation held, and whoever employed the person had not been told of."""

from onrecord.core.patterns.history import NEVER
from onrecord.core.patterns.rules import Of, Thing
from onrecord.core.patterns.things import allegations


def untold(thing: Thing) -> str:
    """Return SQL of allegations of which whoever employed the person had not been told after some days.

    Told is: holding the fact or its case, having been notified, or having a case of the same
    incident of its own.
    """
    alleged = allegations(
        Thing(Of.ALLEGATION, factors=thing.factors, category_codes=thing.category_codes,
              category_contains=thing.category_contains, case_factors=thing.case_factors,
              category_does_not_contain=thing.category_does_not_contain),
        same=None, levels={},
    )  # fmt: skip
    return f"""
    select m.* exclude (known_from, known_until), greatest(m.known_from, s.known_from, m.shows_on) as known_from,
           least(m.known_until, s.known_until, coalesce((
             select min(n.first_known) from known_notification n
              where n.case_lineage = m.case_lineage and n.to_organisation = s.employer and n.was_made
                and coalesce(n.notified_on, n.happened_from) <= m.shows_on
                and n.first_known > m.shows_on), {NEVER}),
             coalesce((select min(e.first_known) from known_spell_end e
                        where e.spell = s.spell and e.ended_on <= m.first_known), {NEVER})) as known_until
      from (select *, cast(first_known + interval {thing.within_days:d} day as date) as shows_on
              from ({alleged})) m
      join (select coalesce(q.cluster, v.record_lineage) as who, v.employer, v.known_from, v.known_until,
                   v.first_known, v.happened_from, v.lineage as spell
              from known_service_spell v left join person_cluster q on q.member = v.record_lineage
             where v.is_service and v.employer is not null) s
        on s.who = m.person and s.employer <> m.organisation
       and coalesce(s.happened_from, date '0001-01-01') <= m.first_known
       and s.first_known <= m.shows_on
     where not exists (
         select 1 from known_holding g join holder o on o.number = g.holder_id
          where g.held_lineage in (m.thing, m.case_lineage) and o.organisation = s.employer
            and g.first_known <= m.shows_on)
       and not exists (
         select 1 from known_notification n
          where n.case_lineage = m.case_lineage and n.to_organisation = s.employer and n.was_made
            and coalesce(n.notified_on, n.first_known) <= m.shows_on and n.first_known <= m.shows_on)
       and not exists (
         select 1 from ({alleged}) x
          where x.person = m.person and x.episode = m.episode and x.organisation = s.employer
            and x.first_known <= m.shows_on)"""
