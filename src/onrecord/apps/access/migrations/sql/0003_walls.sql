-- What is behind a wall for somebody. Asked by selectors first; by the database's own net as well.
-- Nobody's eyes ('') see nothing that is walled: that is what a job, or a forgotten setting, gets.

update public.access_user set human = username where human = '';

-- Sealed kinds of fact are born behind this wall (`facts.writing.SEALED_WALL`).
insert into public.access_wall (id, kind, title, reason, handling_conditions, opened_at)
values (1, 'seal', 'Intelligence reports', 'Intelligence makes no allegation and is seen by those cleared for it.',
        'By each report''s own handling code.', clock_timestamp());
select setval(pg_get_serial_sequence('public.access_wall', 'id'), 100);

create function public.is_behind(eyes text, wall bigint) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from public.access_user u join public.access_wall w on w.id = wall
     where u.username = eyes and u.is_active
       and (u.id = w.owner_id or exists (
         select from public.access_wallmember m
          where m.wall_id = wall and m.user_id = u.id and m.removed_at is null)))
$$;

create function public.hidden_from(eyes text) returns table (lineage uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select t.lineage from public.access_wallthing t join public.access_wall w on w.id = t.wall_id
   where t.removed_at is null and w.ended_at is null and not public.is_behind(eyes, w.id)
  union
  select b.lineage from public.access_bar b join public.access_user u on u.id = b.user_id
   where u.username = eyes and b.removed_at is null
$$;

create function public.holders_hidden_from(eyes text) returns table (holder_id integer)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select h.holder_id from public.access_wallholder h join public.access_wall w on w.id = h.wall_id
   where h.removed_at is null and w.ended_at is null and not public.is_behind(eyes, w.id)
$$;

revoke all on function public.is_behind(text, bigint), public.hidden_from(text),
  public.holders_hidden_from(text) from public;
grant execute on function public.is_behind(text, bigint), public.hidden_from(text),
  public.holders_hidden_from(text) to onrecord_app, onrecord_reader, onrecord_compartment;
