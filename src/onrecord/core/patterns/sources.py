"""What a rule counts, as SQL over what was known over time: one row a thing and a time in which it counts.

Each of these asks `known_<kind>` (`history`), the clusters of who is one person and what is one
incident, and `holder`. All give the same columns:

    person, thing, allegation, case_lineage, episode, organisation, sort, level, day, known_from, known_until

`day` is when it happened as far as is known, else when it became known, and never after that. Who
is one person and what is one incident is today's understanding (`design.md` §1); everything else
counts only while it was known.
"""

from collections.abc import Callable, Mapping

from onrecord.core.patterns.history import NEVER
from onrecord.core.patterns.rules import Of, Rule, Same, Thing, When
from onrecord.core.patterns.things import (
    RESTRICTION_ENDS,
    allegations,
    clearances,
    decisions,
    endings,
    overlap,
    postings,
    together,
    withdrawals,
)
from onrecord.core.patterns.untold import untold
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


def _thing_sql(
    thing: Thing, *, same: Same | None = None, levels: Mapping[str, int] | None = None
) -> str:
    if thing.of is Of.ALLEGATION:
        return allegations(thing, same=same, levels=levels or {})
    if thing.of in _SHARING:
        return _SHARING[thing.of](thing, same)
    return _OTHERS[thing.of](thing)


_SHARING: Mapping[Of, Callable[[Thing, Same | None], str]] = {
    Of.ENDING: endings,
    Of.DECISION: decisions,
}
_OTHERS: Mapping[Of, Callable[[Thing], str]] = {
    Of.WITHDRAWAL: withdrawals,
    Of.CLEARANCE: clearances,
    Of.RESTRICTION_END: lambda _: RESTRICTION_ENDS,
    Of.POSTING: postings,
    Of.UNTOLD: untold,
}

_PAIRED = f"""
select m.* exclude (known_from, known_until), g.thing as given_thing, g.allegation as given_allegation,
       {together("m", "g")}"""
_GIVEN: Mapping[When, str] = {
    When.BEFORE: f"""{_PAIRED}
      from counted m join given g
        on g.person = m.person and g.day < m.day and g.episode is distinct from m.episode
       and {overlap("m", "g")}""",
    When.OPEN_AT: f"""
      select m.* exclude (known_from, known_until), g.thing as given_thing,
             g.allegation as given_allegation, greatest(m.known_from, g.known_from) as known_from,
             least(m.known_until, g.known_until, coalesce((
               select min(d.known_from) from known_disposition d
                where d.allegation = g.allegation and d.disposition_class <> 'open'
                  and coalesce(d.finalised_on, d.happened_from, d.first_known) <= m.day),
               {NEVER})) as known_until
        from counted m join given g
          on g.person = m.person and g.first_known <= m.day and {overlap("m", "g")}""",
}
