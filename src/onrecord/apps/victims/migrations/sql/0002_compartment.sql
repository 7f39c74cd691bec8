-- Whatever is written freely about a victim lies here: it may name them, or tell where they are.
-- The application may add to it and cannot read it back; the compartment's role reads and cannot write.

create table compartment.victim_words (
  id uuid primary key,
  about uuid not null,
  case_lineage uuid not null,
  party_lineage uuid not null,
  label text not null,
  words text not null,
  recorded_by text not null,
  recorded_at timestamptz not null
);
create index victim_words_of on compartment.victim_words (case_lineage, party_lineage);
create index victim_words_about on compartment.victim_words (about);
grant insert (id, about, case_lineage, party_lineage, label, words, recorded_by, recorded_at)
  on compartment.victim_words to onrecord_app;
grant select on compartment.victim_words to onrecord_compartment;

-- Until now every table in the compartment held facts. This one is guarded as a table of ours is:
-- what tells the two apart is by which function their writes are noted, not in which schema they lie.
create function ledger.is_of_acts(tab oid) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select exists (select from pg_trigger t where t.tgrelid = tab and t.tgname = 'note'
                    and t.tgfoid = 'ledger.note_act()'::regprocedure)
$$;

create or replace function ledger.acts_so_far(act bigint) returns table (counts jsonb, digest text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce((select jsonb_object_agg(c.relname, g.n)
                     from (select tab, sum(n) as n from ledger.write_guard
                            where event_id = act and xid = pg_current_xact_id_if_assigned() group by tab) g
                     join pg_class c on c.oid = g.tab
                    where ledger.is_of_acts(c.oid)), '{}'),
         (select encode(sha256(string_agg(a.digest, ''::bytea order by a.tab, a.row_key, a.op, a.digest)), 'hex')
            from ledger.act_row a where a.event_id = act)
$$;

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
  select n.nspname in ('facts', 'compartment') and not ledger.is_of_acts(c.oid) into is_fact
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = new.tab;
  if is_fact and root is null then
    raise exception 'facts without a root: % rows in % under event %', written, new.tab, new.event_id
      using errcode = '23514';
  end if;
  if ledger.is_of_acts(new.tab) then
    select a.digest into digest from ledger.acts_so_far(new.event_id) a;
    if digest is distinct from (nullif(said, '')::jsonb ->> 'rows') then
      raise exception 'event % does not say what it changed in %', new.event_id, new.tab
        using errcode = '23514';
    end if;
  end if;
  return null;
end $$;

-- What lists leaves goes by facts alone, not by everything that lies in the compartment.
create or replace function facts.leaves_of(event bigint)
returns table (fact_id bigint, leaf bytea)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare t record;
begin
  for t in select c.relname, n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname in ('facts', 'compartment') and c.relkind = 'r'
              and not ledger.is_of_acts(c.oid) loop
    return query execute format('select f.fact_id, f.leaf from %I.%I f where f.event_id = $1',
                                t.nspname, t.relname) using event;
  end loop;
end $$;

create or replace function ledger.commitments(kinds text[], events bigint[])
returns table (kind text, event_id bigint, fact_id bigint, leaf bytea)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare t record; only_these text;
begin
  only_these := case when events is null then 'true' else 'f.event_id = any($2)' end;
  for t in select c.relname::text as relname, n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname in ('facts', 'compartment') and c.relkind = 'r'
              and not ledger.is_of_acts(c.oid)
              and (kinds is null or c.relname = any(kinds)) order by c.relname loop
    return query execute format('select $1, f.event_id, f.fact_id, f.leaf from %I.%I f where %s',
                                t.nspname, t.relname, only_these) using t.relname, events;
  end loop;
end $$;

revoke all on function ledger.is_of_acts(oid) from public;
select ledger.guard_acts('compartment.victim_words', 'id', true);
