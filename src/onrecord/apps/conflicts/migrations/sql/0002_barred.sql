-- Whose case it is, nobody keeps from the case but the database itself: a bar of `access_bar` is
-- written when conflicts are next worked out; until then, and if that were ever forgotten, this holds.

create index if not exists conflicts_party on facts.party_role (party) where party is not null;
create index if not exists conflicts_workforce on compartment.party_identity (workforce_record)
  where workforce_record is not null;

-- Every person record of the human being behind an account, whichever account of theirs names it.
create function public.own_records(eyes text) returns table (record uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with own as (
    select o.person_record from public.access_user u
      join public.access_user o on o.human = u.human or o.id = u.id
     where u.username = eyes and o.person_record is not null)
  select person_record from own
  union
  select f.record_lineage from own
    join projection.person p on p.record_lineage = own.person_record
    join projection.person f using (person_lineage)
$$;

-- The cases in which the human being behind an account is a subject, or a party in any other role.
-- Which of the two is not told: who victims, witnesses and reporters are lies in the compartment.
create function public.own_cases(eyes text) returns table (case_lineage uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with mine as materialized (select record from public.own_records(eyes)),
  alleged as (
    select distinct on (a.lineage) a.lineage, a.case_lineage, a.record_lineage, a.gone
      from facts.allegation a left join ledger.entry e on e.source = 'event' and e.source_id = a.event_id
     where a.lineage in (select b.lineage from facts.allegation b where b.record_lineage in (select record from mine))
       and a.event_id not in (select undone_event from ledger.batch_undo)
     order by a.lineage, a.known_on desc, e.position desc, a.fact_id desc),
  named as (
    select distinct on (r.lineage) r.lineage, r.case_lineage, r.record_lineage, r.gone
      from facts.party_role r left join ledger.entry e on e.source = 'event' and e.source_id = r.event_id
     where r.lineage in (select s.lineage from facts.party_role s where s.record_lineage in (select record from mine))
       and r.event_id not in (select undone_event from ledger.batch_undo)
     order by r.lineage, r.known_on desc, e.position desc, r.fact_id desc)
  select w.case_lineage from (select * from alleged union all select * from named) w
   where not w.gone and w.record_lineage in (select record from mine) and w.case_lineage is not null
  union
  select r.case_lineage from mine
    join compartment.party_identity i on i.workforce_record = mine.record
    join facts.party_role r on r.party = i.lineage
   where r.case_lineage is not null
     and i.event_id not in (select undone_event from ledger.batch_undo)
     and r.event_id not in (select undone_event from ledger.batch_undo)
$$;

-- What is not there for somebody: behind a wall; barred to them (three people may for a time
-- override what one decided, and nothing else); their own; covert and not their circle's; and an
-- incident of which every case is so.
create or replace function public.hidden_from(eyes text) returns table (lineage uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with barred as materialized (
    select b.lineage from public.access_bar b join public.access_user u on u.id = b.user_id
     where u.username = eyes and b.removed_at is null
       and not (b.cause = 'decided' and exists (
         select from public.conflicts_override o
          where o.user_id = b.user_id and o.case_lineage = b.lineage and o.until_at > clock_timestamp()))
    union
    select case_lineage from public.own_cases(eyes)
    union
    select v.case_lineage from public.conflicts_covert v
     where v.ended_at is null and not exists (
       select from public.access_circlemember m join public.access_user u on u.id = m.user_id
        where m.lineage = v.case_lineage and m.thing_kind = 'case' and m.ended_at is null
          and u.username = eyes and u.is_active))
  select t.lineage from public.access_wallthing t join public.access_wall w on w.id = t.wall_id
   where t.removed_at is null and w.ended_at is null and not public.is_behind(eyes, w.id)
  union
  select lineage from barred
  union
  select c.incident from barred join facts.case_reported c on c.lineage = barred.lineage
   where c.incident is not null and not exists (
     select from facts.case_reported o
      where o.incident = c.incident and o.lineage not in (select lineage from barred))
$$;

revoke all on function public.own_records(text), public.own_cases(text) from public;
grant execute on function public.own_records(text), public.own_cases(text) to onrecord_app;
