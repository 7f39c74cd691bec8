"""Evaluate a cohort definition over the record as one view of a snapshot has it.

An item is a person in a case. The universe is every item whose content the
definition asks for, whatever its date and whoever it is about; each is then put
to every test, so that whatever is left out is counted under a reason.

The steps are tables, in this order: `matched` (allegations of the content),
`bare` (subjects of cases that allege nothing), `candidate` (items),
`about_case`, `about_ending`, `about_service`, `assessed`, `item`.
"""

import duckdb

from onrecord.core.cohorts import conditions as sql
from onrecord.core.cohorts.definition import DateBasis, Definition, ServingOn
from onrecord.core.cohorts.reasons import failing_sql, period_sql
from onrecord.core.snapshots.clusters import episode_sql, member_sql
from onrecord.core.snapshots.reading import Record

KINDS_READ = (
    "person_record",
    "service_spell",
    "spell_end",
    "incident",
    "case_reported",
    "case_finalised",
    "allegation",
    "disposition",
    "party_role",
    "identity_judgement",
    "incident_judgement",
)
"""The kinds of fact that decide who is in a cohort; nothing else is opened."""


def evaluate(record: Record, definition: Definition) -> None:
    """Make the table `item` in the record's connection: the universe, each row judged."""
    for name, query in (
        ("matched", _matched(definition)),
        ("bare", _bare(definition)),
        ("candidate", _candidate(definition)),
        ("about_case", _ABOUT_CASE),
        ("about_ending", _about_ending(definition)),
        ("spell", _spells(definition.serving_on)),
        ("about_service", _about_service(definition)),
        ("assessed", _assessed(definition)),
        ("item", _items(definition)),
    ):
        _make(record.con, name, query)


def _make(con: duckdb.DuckDBPyConnection, name: str, query: str) -> None:
    con.execute(f"create or replace temp table {name} as {query}").fetchall()


_CASE_AND_INCIDENT = """
left join case_reported c on c.lineage = a.case_lineage
left join incident i on i.lineage = c.incident
"""


def _matched(definition: Definition) -> str:
    asks_of_case = any(group.case_factors for group in definition.allegations)
    return f"""
    select a.lineage as allegation, coalesce(a.case_lineage, a.lineage) as case_lineage,
           coalesce(p.cluster, a.record_lineage) as person, false as role_unknown,
           coalesce(a.occurred_on, a.happened_from) as occurred_on
    from allegation a left join person_cluster p on p.member = a.record_lineage
    {_CASE_AND_INCIDENT if asks_of_case else ""}
    where {sql.alleged_sql(definition.allegations)}
    """


def _bare(definition: Definition) -> str:
    """Return SQL for the subjects, or their absence, in cases that make no allegation of them.

    A subject of whom the case does allege something is judged by that, so is not here.
    """
    return f"""
    with asked as (
      select c.lineage as case_lineage
      from case_reported c left join incident i on i.lineage = c.incident
      where {sql.without_allegation_sql(definition.without_allegation)}
    ), party as (
      select r.case_lineage, r.role, coalesce(p.cluster, r.record_lineage) as person
      from party_role r semi join asked using (case_lineage)
      left join person_cluster p on p.member = r.record_lineage
    ), alleged as (
      select distinct a.case_lineage, coalesce(p.cluster, a.record_lineage) as person
      from allegation a semi join asked using (case_lineage)
      left join person_cluster p on p.member = a.record_lineage
    )
    select case_lineage, person, false as role_unknown from party s
    where role = 'subject' and not exists (
      select 1 from alleged a where a.case_lineage = s.case_lineage
      and a.person is not distinct from s.person)
    union
    select k.case_lineage, null, exists (
      select 1 from party u where u.case_lineage = k.case_lineage and u.role = 'unknown')
    from asked k
    where not exists (
      select 1 from party s where s.case_lineage = k.case_lineage and s.role = 'subject')
    and not exists (select 1 from alleged a where a.case_lineage = k.case_lineage)
    """


def _candidate(definition: Definition) -> str:
    inside = period_sql(definition.period, "occurred_on")
    return f"""
    select person, case_lineage, bool_and(role_unknown) as role_unknown,
           coalesce(list_sort(list(distinct allegation) filter (allegation is not null)), [])
             as allegations,
           coalesce(min(occurred_on) filter ({inside}), min(occurred_on)) as occurred_on
    from (select * from matched union all by name select * from bare)
    group by person, case_lineage
    """


_ABOUT_CASE = f"""
select k.case_lineage, c.case_type, c.reported_on, c.recorded_on, h.organisation,
       h.organisation || ':' || h.system as holder,
       {episode_sql("j.cluster", "c.incident", "k.case_lineage")} as incident,
       i.happened_from as incident_on, coalesce(f.is_finalised, false) as is_finalised,
       f.finalised_on
from (select distinct case_lineage from candidate) k
left join case_reported c on c.lineage = k.case_lineage
left join incident i on i.lineage = c.incident
left join incident_cluster j on j.member = {member_sql("c.incident", "k.case_lineage")}
left join holder h on h.number = c.holder_id
left join (
  select case_lineage, true as is_finalised,
         max(coalesce(finalised_on, happened_from)) as finalised_on
  from case_finalised group by case_lineage) f on f.case_lineage = k.case_lineage
"""


def _about_ending(definition: Definition) -> str:
    """Return SQL for how the allegations of each item ended, a row an item that has any."""
    ending = sql.endings_sql(definition.dispositions) if definition.dispositions else sql.NEVER
    rule = definition.not_dismissed
    dismissal = sql.dismissal_outcome_sql(rule) if rule else sql.NEVER
    return f"""
    with ended as (
      select m.person, m.case_lineage, m.allegation,
             bool_or(coalesce(d.disposition_class, 'open') <> 'open') as is_disposed,
             bool_or({ending}) as has_ending, bool_or({dismissal}) as is_dismissal,
             max(coalesce(d.finalised_on, d.happened_from)) as disposed_on
      from matched m left join disposition d on d.allegation = m.allegation
      group by all)
    select person, case_lineage, bool_and(is_disposed) as is_disposed,
           bool_or(has_ending) as has_ending, bool_or(is_dismissal) as ended_in_dismissal,
           max(disposed_on) as disposed_on
    from ended group by person, case_lineage
    """


def _spells(serving: ServingOn | None) -> str:
    """Return SQL for the candidates' spells of service in the organisations asked for."""
    within = "true"
    if serving and serving.organisations:
        within = sql.is_one_of("coalesce(s.employer, h.organisation)", serving.organisations)
    return f"""
    with someone as (select distinct person from candidate where person is not null),
    member as (
      select person, person as record_lineage from someone
      union select s.person, p.member from someone s join person_cluster p on p.cluster = s.person)
    select m.person, s.person_type, s.happened_from as began_on, e.ended_on, e.endings
    from service_spell s join member m using (record_lineage)
    left join holder h on h.number = s.holder_id
    left join (
      select spell, min(coalesce(ended_on, happened_from, known_on)) as ended_on,
             list(spell_ending) as endings
      from spell_end group by spell) e on e.spell = s.lineage
    where s.is_service and {within}
    """


def _about_service(definition: Definition) -> str:
    serving, rule = definition.serving_on, definition.not_dismissed
    on = f"date {sql.quoted(serving.date.isoformat())}" if serving else "date '9999-12-31'"
    endings = sql.listed(rule.spell_endings if rule else ())
    return f"""
    select person,
           bool_or((began_on is null or began_on <= {on})
             and (ended_on is null or ended_on > {on})) as is_serving,
           coalesce(bool_or(ended_on <= {on}), false) as has_left,
           coalesce(bool_or(ended_on <= {on} and list_has_any(endings, {endings}::varchar[])), false)
             as left_dismissed,
           min(began_on) as service_from,
           case when bool_and(ended_on is not null) then max(ended_on) end as service_to,
           list(distinct person_type) as service_types
    from spell group by person
    """


def _assessed(definition: Definition) -> str:
    return f"""
    with person_type as (
      select coalesce(p.cluster, r.lineage) as person, list(distinct r.person_type) as types
      from person_record r left join person_cluster p on p.member = r.lineage
      where coalesce(p.cluster, r.lineage) in (select person from candidate)
      group by 1)
    select k.*, c.* exclude (case_lineage), {_case_date(definition)} as case_date,
           c.is_finalised or coalesce(e.is_disposed, false) as is_completed,
           coalesce(e.has_ending, false) as has_ending,
           coalesce(e.ended_in_dismissal, false) as ended_in_dismissal,
           s.person is not null as has_service, coalesce(s.is_serving, false) as is_serving,
           coalesce(s.has_left, false) as has_left,
           coalesce(s.left_dismissed, false) as left_dismissed, s.service_from, s.service_to,
           list_has_any(list_concat(t.types, s.service_types),
             {sql.listed(definition.person_types)}::varchar[]) is true as has_person_type
    from candidate k join about_case c using (case_lineage)
    left join about_ending e on e.case_lineage = k.case_lineage
      and e.person is not distinct from k.person
    left join about_service s on s.person = k.person
    left join person_type t on t.person = k.person
    """


def _case_date(definition: Definition) -> str:
    match definition.period.date_basis:
        case DateBasis.OCCURRED:
            return "coalesce(k.occurred_on, c.incident_on)"
        case DateBasis.REPORTED:
            return "c.reported_on"
        case DateBasis.RECORDED:
            return "c.recorded_on"
        case DateBasis.FINALISED:
            return "coalesce(c.finalised_on, case when e.is_disposed then e.disposed_on end)"


def _items(definition: Definition) -> str:
    asked = ", ".join(
        f"case when {test} then {sql.quoted(reason)} end"
        for reason, test in failing_sql(definition)
    )
    return f"""
    with judged as (
      select *, list_filter([{asked}]::varchar[], lambda r: r is not null) as reasons from assessed)
    select coalesce(person::varchar, '-') || ':' || case_lineage::varchar as item_id,
           person, case_lineage, incident, allegations, case_date, case_type, holder,
           service_from, service_to, len(reasons) = 0 as is_in, reasons[1] as reason, reasons
    from judged order by item_id
    """
