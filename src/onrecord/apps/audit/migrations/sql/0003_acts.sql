-- Every change to a table of ours, not only to facts, belongs to an act on the ledger.
--
-- `recording` names its event in the setting onrecord.event; each statement that changes a
-- guarded table leaves a row here for every row it touched, with a salted digest of what the
-- row became. The event carries the digest of those digests, so that a row changed behind the
-- application's back no longer agrees with the last act upon it.

create table ledger.act_row (
  event_id bigint not null,
  tab text not null,
  row_key text not null,
  op text not null check (op in ('insert', 'update', 'delete')),
  salt bytea check (length(salt) = 16),
  digest bytea not null check (length(digest) = 32)
);
create index act_row_event on ledger.act_row (event_id);
create index act_row_row on ledger.act_row (tab, row_key, event_id);
create trigger no_change before update or delete or truncate on ledger.act_row
  for each statement execute function ledger.refuse();

-- What a row says, in one spelling. Empty columns are left out, so that a column added later
-- to rows that have nothing in it changes nothing written before.
create function ledger.row_text(whole jsonb) returns text language sql immutable as $$
  select jsonb_strip_nulls(whole)::text
$$;

create function ledger.note_act() returns trigger language plpgsql security definer
set search_path = pg_catalog, pg_temp set timezone = 'UTC' as $$
declare
  act bigint := nullif(current_setting('onrecord.event', true), '')::bigint;
  key_name text := coalesce(tg_argv[0], 'id');
  touched bigint;
begin
  if act is null then
    if exists (select from touched_rows) then
      raise exception 'unledgered write: % of % outside an act', tg_op, tg_table_name using errcode = '23514';
    end if;
    return null;
  end if;
  insert into ledger.act_row
  select act, tg_table_schema || '.' || tg_table_name, w.whole ->> key_name, lower(tg_op), w.salt,
         sha256(w.salt || convert_to(ledger.row_text(w.whole), 'UTF8'))
    from (select to_jsonb(t) as whole, uuid_send(gen_random_uuid()) as salt from touched_rows t) w;
  get diagnostics touched = row_count;
  if touched > 0 then
    insert into ledger.write_guard (tab, event_id, n) values (tg_relid, act, touched);
  end if;
  return null;
end $$;

-- What an act has changed so far, for the event that is about to be written.
create function ledger.acts_so_far(act bigint) returns table (counts jsonb, digest text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce((select jsonb_object_agg(c.relname, g.n)
                     from (select tab, sum(n) as n from ledger.write_guard
                            where event_id = act and xid = pg_current_xact_id_if_assigned() group by tab) g
                     join pg_class c on c.oid = g.tab
                     join pg_namespace s on s.oid = c.relnamespace and s.nspname = 'public'), '{}'),
         (select encode(sha256(string_agg(a.digest, ''::bytea order by a.tab, a.row_key, a.op, a.digest)), 'hex')
            from ledger.act_row a where a.event_id = act)
$$;

-- Facts have a root over their leaves; rows of other tables have the digest in the body.
create or replace function ledger.must_be_ledgered() returns trigger language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
declare written bigint; counted bigint; root bytea; is_fact boolean; said text; digest text;
begin
  select sum(n) into written from ledger.write_guard
   where xid = pg_current_xact_id() and tab = new.tab and event_id = new.event_id;
  select (e.counts ->> (select relname from pg_class where oid = new.tab))::bigint, e.merkle_root, e.body
    into counted, root, said
    from ledger.event e
   where e.event_id = new.event_id and e.xid = pg_current_xact_id()
     and exists (select from ledger.pending p where p.source = 'event' and p.source_id = e.event_id);
  if counted is null or counted <> written then
    raise exception 'unledgered write: % rows in % under event %', written, new.tab, new.event_id
      using errcode = '23514';
  end if;
  select n.nspname in ('facts', 'compartment') into is_fact
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = new.tab;
  if is_fact and root is null then
    raise exception 'facts without a root: % rows in % under event %', written, new.tab, new.event_id
      using errcode = '23514';
  end if;
  if new.tab in (select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
                  where n.nspname = 'public') then
    select a.digest into digest from ledger.acts_so_far(new.event_id) a;
    if digest is distinct from (nullif(said, '')::jsonb ->> 'rows') then
      raise exception 'event % does not say what it changed in %', new.event_id, new.tab
        using errcode = '23514';
    end if;
  end if;
  return null;
end $$;

-- Put a table under guard. `is_kept` makes it append-only as well. Rows that stood there before
-- are noted as they stand, under no act (event 0).
create function ledger.guard_acts(guarded regclass, key_name text, is_kept boolean) returns void
language plpgsql set search_path = pg_catalog, pg_temp set timezone = 'UTC' as $$ begin
  execute format($q$
    insert into ledger.act_row
    select 0, n.nspname || '.' || c.relname, w.whole ->> %L, 'insert', w.salt,
           sha256(w.salt || convert_to(ledger.row_text(w.whole), 'UTF8'))
      from (select to_jsonb(t) as whole, uuid_send(gen_random_uuid()) as salt from %s t) w
      cross join pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = %L::regclass
  $q$, key_name, guarded, guarded::text);
  execute format('create trigger note after insert on %s referencing new table as touched_rows
                  for each statement execute function ledger.note_act(%L)', guarded, key_name);
  execute format('create trigger note_update after update on %s referencing new table as touched_rows
                  for each statement execute function ledger.note_act(%L)', guarded, key_name);
  execute format('create trigger note_delete after delete on %s referencing old table as touched_rows
                  for each statement execute function ledger.note_act(%L)', guarded, key_name);
  if is_kept then
    execute format('create trigger no_change before update or delete or truncate on %s
                    for each statement execute function ledger.refuse()', guarded);
    execute format('revoke update, delete, truncate on %s from onrecord_app', guarded);
  else
    execute format('revoke truncate on %s from onrecord_app', guarded);
  end if;
end $$;

-- Where the last act upon each row of a table does not agree with the row as it stands.
create function ledger.rows_astray(guarded text) returns table (row_key text, why text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set timezone = 'UTC' as $$
declare key_name text; tab regclass := guarded::regclass;
begin
  select convert_from(substring(t.tgargs from 1 for length(t.tgargs) - 1), 'UTF8') into key_name
    from pg_trigger t where t.tgrelid = tab and t.tgname = 'note';
  if key_name is null then
    return query select ''::text, 'not guarded'::text;
    return;
  end if;
  return query execute format($q$
    with last as (
      select distinct on (a.row_key) a.row_key, a.op, a.salt, a.digest from ledger.act_row a
       where a.tab = $1 order by a.row_key, a.event_id desc, (a.op = 'delete') desc),
    live as (select (to_jsonb(t) ->> $2) as row_key, to_jsonb(t) as whole from %s t)
    select coalesce(v.row_key, l.row_key),
           case when l.row_key is null then 'no act made it'
                when v.row_key is null then 'gone without an act'
                when l.op = 'delete' then 'there after an act removed it'
                else 'not what the last act made it' end
      from live v full join last l using (row_key)
     where l.row_key is null
        or (v.row_key is null and l.op <> 'delete')
        or (v.row_key is not null and l.op = 'delete')
        or (v.row_key is not null and l.salt is not null
            and not exists (select from ledger.act_row a where a.tab = $1 and a.row_key = v.row_key
              and a.event_id = (select max(b.event_id) from ledger.act_row b where b.tab = $1 and b.row_key = v.row_key)
              and a.digest = sha256(a.salt || convert_to(ledger.row_text(v.whole), 'UTF8'))))
  $q$, tab) using guarded, key_name;
end $$;

-- Events whose acts are not the ones they say.
create function ledger.acts_astray() returns setof bigint
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.event_id from ledger.act_row a where a.event_id > 0 group by a.event_id
  having not exists (
    select from ledger.event e where e.event_id = a.event_id and position(
      '"rows":"' || encode(sha256(string_agg(a.digest, ''::bytea order by a.tab, a.row_key, a.op, a.digest)), 'hex')
      || '"' in e.body) > 0)
  union all
  select e.event_id from ledger.event e
   where e.body like '%"rows":"%' and not exists (select from ledger.act_row a where a.event_id = e.event_id)
$$;

revoke all on all functions in schema ledger from public;
grant execute on function ledger.field(text, text), ledger.instant(timestamptz), ledger.not_reached(bigint) to public;
grant execute on function ledger.acts_so_far(bigint) to onrecord_app;
grant execute on function ledger.rows_astray(text), ledger.acts_astray() to onrecord_app, onrecord_sequencer;
grant execute on function ledger.commitments(text[], bigint[]) to onrecord_app, onrecord_sequencer;
grant execute on function ledger.sequence_pending() to onrecord_app, onrecord_sequencer;

create or replace view ledger.guard as
  select n.nspname || '.' || c.relname as guarded,
         bool_or(t.tgname = 'no_change' and t.tgenabled in ('O', 'A')) as refuses_change,
         bool_or(t.tgname = 'note' and t.tgenabled in ('O', 'A')) as counts_writes
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    left join pg_catalog.pg_trigger t on t.tgrelid = c.oid and not t.tgisinternal
   where c.relkind = 'r' and (n.nspname in ('facts', 'compartment')
      or (n.nspname = 'ledger' and c.relname in ('event', 'consultation', 'entry', 'checkpoint', 'batch_undo',
                                                 'act_row')))
   group by 1;
