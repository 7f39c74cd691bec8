-- What proof needs: commitments to every fact, for a role that may not read all of them.

-- The leaves of facts of these kinds (all, when null) under these events (all, when null).
-- A leaf tells nothing without its salt, so sealed and compartmented kinds are among them.
create function ledger.commitments(kinds text[], events bigint[])
returns table (kind text, event_id bigint, fact_id bigint, leaf bytea)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare t record; only_these text;
begin
  only_these := case when events is null then 'true' else 'f.event_id = any($2)' end;
  for t in select c.relname::text as relname, n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname in ('facts', 'compartment') and c.relkind = 'r'
              and (kinds is null or c.relname = any(kinds)) order by c.relname loop
    return query execute format('select $1, f.event_id, f.fact_id, f.leaf from %I.%I f where %s',
                                t.nspname, t.relname, only_these) using t.relname, events;
  end loop;
end $$;
revoke all on function ledger.commitments(text[], bigint[]) from public;
grant execute on function ledger.commitments(text[], bigint[]) to onrecord_app, onrecord_sequencer;

-- Where each stream ends is part of what is verified.
grant select on ledger.stream_head to onrecord_app, onrecord_sequencer;

-- The triggers that guard each append-only table, and whether they are switched on.
create view ledger.guard as
  select n.nspname || '.' || c.relname as guarded,
         bool_or(t.tgname = 'no_change' and t.tgenabled in ('O', 'A')) as refuses_change,
         bool_or(t.tgname = 'note' and t.tgenabled in ('O', 'A')) as counts_writes
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    left join pg_catalog.pg_trigger t on t.tgrelid = c.oid and not t.tgisinternal
   where c.relkind = 'r' and (n.nspname in ('facts', 'compartment')
      or (n.nspname = 'ledger' and c.relname in ('event', 'consultation', 'entry', 'checkpoint', 'batch_undo')))
   group by 1;
grant select on ledger.guard to onrecord_app, onrecord_sequencer;
