-- Asked at every read: so each step goes by index from the few records of one human being, whatever
-- the planner believes of how many there are (`offset 0` keeps it from joining whole tables), and a
-- bar worked out is lifted for a day at a time where somebody chose to leave it and to watch.

alter function public.own_records(text) rows 3;

create or replace function public.own_cases(eyes text) returns table (case_lineage uuid)
language sql stable security definer rows 3 set search_path = pg_catalog, pg_temp as $$
  with mine as materialized (select record from public.own_records(eyes)),
  alleged as materialized (
    select distinct x.lineage from mine cross join lateral (
      select a.lineage from facts.allegation a where a.record_lineage = mine.record offset 0) x),
  named as materialized (
    select distinct x.lineage from mine cross join lateral (
      select r.lineage from facts.party_role r where r.record_lineage = mine.record offset 0) x),
  latest as (
    select w.* from alleged cross join lateral (
      select a.case_lineage, a.record_lineage, a.gone from facts.allegation a
       where a.lineage = alleged.lineage
         and not exists (select from ledger.batch_undo u where u.undone_event = a.event_id)
       order by a.known_on desc,
         (select e.position from ledger.entry e where e.source = 'event' and e.source_id = a.event_id) desc,
         a.fact_id desc limit 1) w
    union all
    select w.* from named cross join lateral (
      select r.case_lineage, r.record_lineage, r.gone from facts.party_role r
       where r.lineage = named.lineage
         and not exists (select from ledger.batch_undo u where u.undone_event = r.event_id)
       order by r.known_on desc,
         (select e.position from ledger.entry e where e.source = 'event' and e.source_id = r.event_id) desc,
         r.fact_id desc limit 1) w)
  select l.case_lineage from latest l
   where not l.gone and l.case_lineage is not null and l.record_lineage in (select record from mine)
  union
  select p.case_lineage from mine cross join lateral (
      select i.lineage, i.event_id from compartment.party_identity i
       where i.workforce_record = mine.record offset 0) who
    cross join lateral (
      select r.case_lineage, r.event_id from facts.party_role r
       where r.party = who.lineage and r.case_lineage is not null offset 0) p
   where not exists (
     select from ledger.batch_undo u where u.undone_event in (who.event_id, p.event_id))
$$;

create or replace function public.hidden_from(eyes text) returns table (lineage uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with barred as materialized (
    select b.lineage from public.access_bar b join public.access_user u on u.id = b.user_id
     where u.username = eyes and b.removed_at is null
       and not (b.cause = 'decided' and exists (
         select from public.conflicts_override o
          where o.user_id = b.user_id and o.case_lineage = b.lineage and o.until_at > clock_timestamp()))
       and not (b.cause = 'worked out' and coalesce((
         select c.choice = 'leave_and_monitor' and c.until_at > clock_timestamp()
           from public.conflicts_covertchoice c
          where c.user_id = b.user_id and c.case_lineage = b.lineage
          order by c.at desc, c.id desc limit 1), false))
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
  select c.incident from barred cross join lateral (
      select r.incident from facts.case_reported r
       where r.lineage = barred.lineage and r.incident is not null offset 0) c
   where not exists (
     select from facts.case_reported o
      where o.incident = c.incident and o.lineage not in (select lineage from barred) offset 0)
$$;
