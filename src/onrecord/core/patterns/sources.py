"""What a rule counts, as SQL over what was known over time: one row a thing and a time in which it counts.

Each of these asks `known_<kind>` (`history`), the clusters of who is one person and what is one
incident, and `holder`. All give the same columns:

    person, thing, allegation, case_lineage, episode, organisation, sort, level, day, known_from, known_until

`day` is when it happened as far as is known, else when it became known, and never after that. Who
is one person and what is one incident is today's understanding (`design.md` §1); everything else
counts only while it was known.
"""

from collections.abc import Callable, Mapping

from onrecord.core.cohorts.conditions import alleged_sql, contains_one_of, is_one_of, listed
from onrecord.core.cohorts.definition import Alleged
from onrecord.core.patterns.history import NEVER
from onrecord.core.patterns.rules import Of, Rule, Same, Thing, When
from onrecord.core.snapshots.clusters import member_sql

COLUMNS = (
    "person", "thing", "allegation", "case_lineage", "episode", "organisation", "sort", "level", "day",
    "known_from", "known_until",
)  # fmt: skip

_READ: Mapping[Of, tuple[str, ...]] = {
    Of.ALLEGATION: (),
    Of.ENDING: (),
    Of.WITHDRAWAL: ("withdrawal",),
    Of.DECISION: ("reported_decision",),
    Of.CLEARANCE: ("clearance",),
    Of.RESTRICTION_END: ("duty_status_spell", "spell_end"),
    Of.POSTING: ("service_spell",),
    Of.UNTOLD: ("service_spell", "spell_end", "holding", "notification"),
}
_COUNTED: Mapping[Of, tuple[str, ...]] = {
    Of.ALLEGATION: ("allegation",),
    Of.ENDING: ("allegation", "disposition"),
    Of.WITHDRAWAL: ("allegation", "withdrawal"),
    Of.DECISION: ("reported_decision",),
    Of.CLEARANCE: ("clearance",),
    Of.RESTRICTION_END: ("duty_status_spell", "spell_end"),
    Of.POSTING: ("service_spell",),
    Of.UNTOLD: ("allegation", "service_spell"),
}
_ALWAYS = ("allegation", "disposition", "case_reported", "incident")
RESTRICTED = ("restricted", "redeployed", "suspended")


def kinds_of(rule: Rule) -> frozenset[str]:
    """Return the kinds of fact that a rule reads, besides who is who."""
    things = [rule.counts, *([rule.given] if rule.given else [])]
    return frozenset(_ALWAYS).union(*(_READ[thing.of] for thing in things))


def counted_kinds(rule: Rule) -> frozenset[str]:
    """Return the kinds without any of which a rule is never met by anybody."""
    things = [rule.counts, *([rule.given] if rule.given else [])]
    return frozenset(kind for thing in things for kind in _COUNTED[thing.of])


def counted_sql(rule: Rule) -> str:
    """Return the SQL of everything that a rule counts, of everybody."""
    counted = _thing_sql(rule.counts, same=rule.same, levels=rule.levels)
    if rule.given is None:
        return f"with {_EPISODES} {counted}"
    return f"with {_EPISODES}, counted as ({counted}), given as ({_thing_sql(rule.given)}) {_GIVEN[rule.when]}"


def _overlap(one: str, other: str) -> str:
    return f"{one}.known_from < {other}.known_until and {other}.known_from < {one}.known_until"


def _together(*names: str) -> str:
    starts = ", ".join(f"{name}.known_from" for name in names)
    ends = ", ".join(f"{name}.known_until" for name in names)
    return f"greatest({starts}) as known_from, least({ends}) as known_until"


_EPISODES = f"""
case_spell as (
  select lineage, incident, known_from, known_until from known_case_reported
  union all
  select lineage, null, date '0001-01-01', min(known_from) from known_case_reported group by 1, 2),
case_episode as (
  select c.lineage as case_lineage, coalesce(j.cluster, {member_sql("c.incident", "c.lineage")}) as episode,
         c.known_from, c.known_until
    from case_spell c
    left join incident_cluster j on j.member = {member_sql("c.incident", "c.lineage")})"""
"""Of which episode each case is, as known: before its own row was known it stands for itself."""

_IN_CASE = f"""
left join case_episode n on n.case_lineage = a.case_lineage and {_overlap("a", "n")}
left join holder h on h.number = a.holder_id
left join person_cluster p on p.member = a.record_lineage"""


def _thing_sql(
    thing: Thing, *, same: Same | None = None, levels: Mapping[str, int] | None = None
) -> str:
    if thing.of is Of.ALLEGATION:
        return _allegations(thing, same=same, levels=levels or {})
    if thing.of in _SHARING:
        return _SHARING[thing.of](thing, same)
    return _OTHERS[thing.of](thing)


def _material(thing: Thing) -> str:
    """Return the condition on an allegation `a` for what it is about; that on its case is joined."""
    return alleged_sql([Alleged(
        factors=thing.factors, category_codes=thing.category_codes,
        category_contains=thing.category_contains,
        category_does_not_contain=thing.category_does_not_contain,
    )])  # fmt: skip


def _day(*columns: str) -> str:
    return _day_of("a", *columns)


def _day_of(name: str, *columns: str) -> str:
    """Return when a thing happened, as far as is said: never after it was first known."""
    return f"least(coalesce({', '.join((*columns, f'{name}.first_known'))}), {name}.first_known)"


def _row(
    *, thing: str = "a.lineage", allegation: str = "null::uuid", sort: str = "''", level: str = "0",
    day: str, known: str, case: str = "a.case_lineage",
) -> str:  # fmt: skip
    """Return the columns of a thing `a` that names a person's record."""
    return f"""select coalesce(p.cluster, a.record_lineage) as person, {thing} as thing,
       {allegation} as allegation, {case} as case_lineage, coalesce(n.episode, {case}, {thing}) as episode,
       h.organisation as organisation, {sort} as sort, {level} as level, {day} as day,
       a.first_known as first_known, {known}"""


def _allegations(thing: Thing, *, same: Same | None, levels: Mapping[str, int]) -> str:
    joins, known = [_IN_CASE], ["a", "coalesce_n"]
    if thing.ended_as:
        joins.append(_ended_join(thing))
        known.append("d")
    if thing.case_factors:
        joins.append(_case_factors_join(thing))
        known.append("f")
    sort, unnested = "''", ""
    if same is Same.FACTOR:
        unnested = (
            f", (select unnest(list_distinct(list_intersect(string_split(a.factors, ','), {listed(thing.factors)})))"
            " as shared) as s"
        )
        sort = "s.shared"
    return f"""{
        _row(
            allegation="a.lineage",
            sort=sort,
            level=_level(levels),
            day=_day("a.occurred_on", "a.happened_from"),
            known=_known(known),
        )
    }
      from known_allegation a {" ".join(joins)}{unnested}
     where a.record_lineage is not null and {_material(thing)}"""


def _known(names: list[str]) -> str:
    """Return when all of some rows were known; `coalesce_n` stands for the case, which may have none."""
    starts = [_start(name) for name in names]
    ends = [_end(name) for name in names]
    return (
        f"greatest({', '.join(starts)}) as known_from, least({', '.join(ends)}) as known_until"
        if len(names) > 1
        else f"{starts[0]} as known_from, {ends[0]} as known_until"
    )


def _start(name: str) -> str:
    return "coalesce(n.known_from, a.known_from)" if name == "coalesce_n" else f"{name}.known_from"


def _end(name: str) -> str:
    return (
        "coalesce(n.known_until, a.known_until)" if name == "coalesce_n" else f"{name}.known_until"
    )


def _ended_join(thing: Thing) -> str:
    return (
        f"join known_disposition d on d.allegation = a.lineage and {_overlap('a', 'd')}"
        f" and {is_one_of('d.disposition_class', thing.ended_as)}"
    )


def _case_factors_join(thing: Thing) -> str:
    return f"""join (
      select lineage as case_of, factors, known_from, known_until from known_case_reported
      union all
      select c.lineage, i.factors, {_together("c", "i")}
        from known_case_reported c join known_incident i on i.lineage = c.incident and {_overlap("c", "i")}) f
      on f.case_of = a.case_lineage and {_overlap("a", "f")}
     and list_has_any(string_split(f.factors, ','), {listed(thing.case_factors)})"""


def _level(levels: Mapping[str, int]) -> str:
    if not levels:
        return "0"
    tests = (
        f"case when list_contains(string_split(coalesce(a.factors, ''), ','), {listed([factor])}[1])"
        f" then {level:d} else 0 end"
        for factor, level in sorted(levels.items())
    )
    return f"greatest({', '.join(tests)})"


def _endings(thing: Thing, same: Same | None) -> str:
    ended = f" and {is_one_of('d.disposition_class', thing.ended_as)}" if thing.ended_as else ""
    sort = "coalesce(d.wording, '')" if same is Same.ENDING else "''"
    day = _day_of("d", "d.finalised_on", "d.happened_from")
    return f"""{
        _row(
            thing="d.lineage",
            allegation="a.lineage",
            sort=sort,
            day=day,
            known=_known(["a", "d", "coalesce_n"]),
        )
    }
      from known_allegation a {_IN_CASE}
      join known_disposition d on d.allegation = a.lineage and {_overlap("a", "d")}{ended}
     where a.record_lineage is not null and d.disposition_class <> 'open' and {_material(thing)}"""


def _withdrawals(thing: Thing) -> str:
    day = _day_of("w", "w.withdrawn_on", "w.happened_from")
    return f"""{
        _row(
            thing="w.lineage",
            allegation="a.lineage",
            day=day,
            known=_known(["a", "w", "coalesce_n"]),
        )
    }
      from known_allegation a {_IN_CASE}
      join known_withdrawal w on (w.allegation = a.lineage
                                  or (w.allegation is null and w.case_lineage = a.case_lineage))
       and {_overlap("a", "w")}
     where a.record_lineage is not null and {_material(thing)}"""


def _decisions(thing: Thing, same: Same | None) -> str:
    maker = "coalesce(cast(a.maker_record as varchar), a.maker_post)"
    sort = maker if same is Same.MAKER else "''"
    said = (
        contains_one_of("concat_ws(' ', a.decision_type, a.decision)", thing.decision_contains)
        if thing.decision_contains
        else "true"
    )
    made = f" and {maker} is not null" if same is Same.MAKER else ""
    return f"""{
        _row(
            allegation="a.allegation",
            sort=sort,
            day=_day("a.decided_on", "a.happened_from"),
            known=_known(["a", "coalesce_n"]),
        )
    }
      from known_reported_decision a {_IN_CASE}
     where a.record_lineage is not null and {said}{made}"""


def _clearances(thing: Thing) -> str:
    said = (
        is_one_of("a.vetting_outcome", thing.vetting_outcomes) if thing.vetting_outcomes else "true"
    )
    return f"""{_row(day=_day("a.granted_on", "a.happened_from"), known=_known(["a", "coalesce_n"]))}
      from known_clearance a {_IN_CASE} where a.record_lineage is not null and {said}"""


_RESTRICTION_ENDS = f"""{
    _row(
        day=_day_of("e", "e.ended_on", "e.happened_from"),
        known=_known(["a", "e", "coalesce_n"]),
    )
}
  from known_duty_status_spell a {_IN_CASE}
  join known_spell_end e on e.spell = a.lineage and {_overlap("a", "e")}
 where a.record_lineage is not null and {is_one_of("a.duty_status", RESTRICTED)}"""


def _postings(thing: Thing) -> str:
    posted = contains_one_of("concat_ws(' ', a.post, a.unit)", thing.post_contains)
    return f"""{_row(day=_day("a.happened_from"), known=_known(["a", "coalesce_n"]))}
      from known_service_spell a {_IN_CASE}
     where a.record_lineage is not null and {posted if thing.post_contains else "not a.is_service"}"""


def _untold(thing: Thing) -> str:
    """Return SQL of allegations of which whoever employed the person had not been told after some days.

    Told is: holding the fact or its case, having been notified, or having a case of the same
    incident of its own.
    """
    alleged = _allegations(
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


_SHARING: Mapping[Of, Callable[[Thing, Same | None], str]] = {
    Of.ENDING: _endings,
    Of.DECISION: _decisions,
}
_OTHERS: Mapping[Of, Callable[[Thing], str]] = {
    Of.WITHDRAWAL: _withdrawals,
    Of.CLEARANCE: _clearances,
    Of.RESTRICTION_END: lambda _: _RESTRICTION_ENDS,
    Of.POSTING: _postings,
    Of.UNTOLD: _untold,
}

_PAIRED = f"""
select m.* exclude (known_from, known_until), g.thing as given_thing, g.allegation as given_allegation,
       {_together("m", "g")}"""
_GIVEN: Mapping[When, str] = {
    When.BEFORE: f"""{_PAIRED}
      from counted m join given g
        on g.person = m.person and g.day < m.day and g.episode is distinct from m.episode
       and {_overlap("m", "g")}""",
    When.OPEN_AT: f"""
      select m.* exclude (known_from, known_until), g.thing as given_thing,
             g.allegation as given_allegation, greatest(m.known_from, g.known_from) as known_from,
             least(m.known_until, g.known_until, coalesce((
               select min(d.known_from) from known_disposition d
                where d.allegation = g.allegation and d.disposition_class <> 'open'
                  and coalesce(d.finalised_on, d.happened_from, d.first_known) <= m.day),
               {NEVER})) as known_until
        from counted m join given g
          on g.person = m.person and g.first_known <= m.day and {_overlap("m", "g")}""",
}
