-- A delegation lends sight of cases within what its giver may see: what is barred to the giver, is
-- their own, or is about them stays hidden from a taker who would see it by the delegation only.
-- Whoever sees every case in their own right, or is in its circle, loses nothing: so nothing vanishes
-- from before anybody's eyes, and nobody learns by it what the giver is kept from.

create function public.lent_blind(eyes text) returns table (lineage uuid)
language sql stable security definer rows 1 set search_path = pg_catalog, pg_temp as $$
  with lender as materialized (
    select distinct g.id, g.username from public.access_delegation d
      join public.access_user t on t.id = d.taker_id
      join public.access_user g on g.id = d.giver_id
     where t.username = eyes and d.ended_at is null and coalesce(d.widens_sight, true)
       and (clock_timestamp() at time zone 'Europe/London')::date between d.from_on and d.until_on
       and g.is_active and g.role = d.role)
  select k.lineage from lender cross join lateral (
      select b.lineage from public.access_bar b where b.user_id = lender.id and b.removed_at is null
      union
      select c.case_lineage from public.own_cases(lender.username) c
      union
      select r.record from public.own_records(lender.username) r) k
   where not exists (
     select from public.access_circlemember m join public.access_user u on u.id = m.user_id
      where m.lineage = k.lineage and m.ended_at is null and u.username = eyes)
$$;
revoke all on function public.lent_blind(text) from public;

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
          and u.username = eyes and u.is_active)
    union
    select l.lineage from public.lent_blind(eyes) l)
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
