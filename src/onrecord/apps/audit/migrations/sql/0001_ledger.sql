-- The ledger. Everything written or looked at is one row here, append-only.
-- Runs as onrecord_migrations; the schemas exist already (project.roles).
--
-- Functions that run with their owner's rights end their search path with pg_temp. Left out,
-- it would come first, and whoever may make a temporary table or type could put their own
-- pg_class, or their own text, in the place of the real one, and run code as the owner.

create sequence ledger.event_id_seq;
create sequence ledger.consultation_id_seq;

-- Canonical form, as in core/ledger/canonical.py: absent values leave nothing behind.
create function ledger.field(name text, value text) returns text language sql immutable as $$
  select case when value is null then '' else name || '=' || octet_length(value) || ':' || value || E'\n' end
$$;

create function ledger.instant(at timestamptz) returns text language sql immutable as $$
  select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
$$;

create table ledger.event (
  event_id bigint primary key default nextval('ledger.event_id_seq'),
  at timestamptz not null default clock_timestamp(),
  actor text not null check (actor <> ''),
  actor_kind text not null check (actor_kind in ('person', 'local_operator', 'service', 'system')),
  actor_organisation text not null default '',
  action text not null check (action ~ '^[a-z_]+:[a-z_]+$'),
  object_kind text not null,
  object_ref text not null,
  reason text not null check (reason ~ '\S'),
  stream uuid not null,
  batch uuid,
  counts jsonb not null default '{}',
  merkle_root bytea check (length(merkle_root) = 32),
  body text not null default '',
  previous_hash bytea,
  event_hash bytea not null,
  xid xid8 not null default pg_current_xact_id()
);
create index event_stream on ledger.event (stream, event_id);
create index event_object on ledger.event (object_kind, object_ref);
create index event_xid on ledger.event (xid);

-- One row a stream, locked while a stream is added to: its last event's hash.
create table ledger.stream_head (
  stream uuid primary key,
  event_id bigint not null,
  event_hash bytea
);

-- A look: who saw whom or what, on which page, with which view, and why.
create table ledger.consultation (
  consultation_id bigint primary key default nextval('ledger.consultation_id_seq'),
  at timestamptz not null default clock_timestamp(),
  actor text not null check (actor <> ''),
  actor_kind text not null,
  actor_organisation text not null default '',
  action text not null check (action ~ '^[a-z_]+:[a-z_]+$'),
  object_kind text not null,
  object_ref text not null,
  page text not null,
  reason text not null,
  view text not null default '',
  position bigint not null default 0,
  payload_hash bytea,
  was_refused boolean not null default false,
  consultation_hash bytea not null
);
create index consultation_object on ledger.consultation (object_kind, object_ref, consultation_id);
create index consultation_actor on ledger.consultation (actor, consultation_id);

-- The global log: every event and every look gets one position, after it has committed.
create table ledger.entry (
  position bigint primary key,
  source text not null check (source in ('event', 'consultation')),
  source_id bigint not null,
  leaf bytea not null,
  unique (source, source_id)
);
create index entry_of_event on ledger.entry (source_id, position) where source = 'event';

-- The right edge of the tree over the log: one row, replaced as the log grows.
create table ledger.frontier (
  only_row boolean primary key default true check (only_row),
  size bigint not null default 0,
  peaks bytea[] not null default '{}'
);
insert into ledger.frontier default values;

create table ledger.checkpoint (
  size bigint primary key,
  root bytea not null,
  at timestamptz not null default clock_timestamp()
);

-- Undoing a batch is a row. What the batch wrote stays, and stops being seen.
create table ledger.batch_undo (
  undone_event bigint primary key references ledger.event,
  event_id bigint not null
);

-- What each transaction wrote, counted by the database; emptied by the owner.
create table ledger.write_guard (
  xid xid8 not null default pg_current_xact_id(),
  tab regclass not null,
  event_id bigint not null,
  n bigint not null
);
create index write_guard_xid on ledger.write_guard (xid);

create function ledger.refuse() returns trigger language plpgsql as $$ begin
  raise exception 'append-only: % on % refused', tg_op, tg_table_name using errcode = '42501';
end $$;

create function ledger.note_write() returns trigger language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$ begin
  insert into ledger.write_guard (tab, event_id, n)
  select tg_relid, event_id, count(*) from new_rows group by event_id;
  return null;
end $$;

-- At commit: every row written has an event of this very transaction that counts it. That the
-- event still waits for its position is asked as well as its transaction number, because those
-- numbers start again from the bottom when a database is restored into a new server.
create function ledger.must_be_ledgered() returns trigger language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
declare written bigint; counted bigint; root bytea;
begin
  select sum(n) into written from ledger.write_guard
   where xid = pg_current_xact_id() and tab = new.tab and event_id = new.event_id;
  select (e.counts ->> (select relname from pg_class where oid = new.tab))::bigint, e.merkle_root
    into counted, root
    from ledger.event e
   where e.event_id = new.event_id and e.xid = pg_current_xact_id()
     and exists (select from ledger.pending p where p.source = 'event' and p.source_id = e.event_id);
  if counted is null or counted <> written then
    raise exception 'unledgered write: % rows in % under event %', written, new.tab, new.event_id
      using errcode = '23514';
  end if;
  if root is null and new.tab <> 'ledger.batch_undo'::regclass then
    raise exception 'facts without a root: % rows in % under event %', written, new.tab, new.event_id
      using errcode = '23514';
  end if;
  return null;
end $$;
create constraint trigger ledgered after insert on ledger.write_guard
  deferrable initially deferred for each row execute function ledger.must_be_ledgered();

-- And the other way about: an event counts no fact that was not written.
create function ledger.must_have_written() returns trigger language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
declare claim record;
begin
  for claim in
    select c.oid as tab, k.value::bigint as counted from jsonb_each_text(new.counts) k
      join pg_class c on c.relname = k.key
      join pg_trigger t on t.tgrelid = c.oid and t.tgname = 'note'
  loop
    if claim.counted <> coalesce((select sum(g.n) from ledger.write_guard g
        where g.xid = pg_current_xact_id() and g.tab = claim.tab and g.event_id = new.event_id), 0) then
      raise exception 'event % counts % rows in % that were not written',
        new.event_id, claim.counted, claim.tab::regclass using errcode = '23514';
    end if;
  end loop;
  return null;
end $$;
create constraint trigger counted after insert on ledger.event
  deferrable initially deferred for each row execute function ledger.must_have_written();

create function ledger.seal_event() returns trigger language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
declare head ledger.stream_head;
begin
  -- A number must have been drawn: one chosen ahead would be in the way of whoever draws it.
  if new.event_id not between 1 and coalesce(pg_sequence_last_value('ledger.event_id_seq'), 0) then
    raise exception 'event number % was never drawn', new.event_id using errcode = '23514';
  end if;
  new.at := clock_timestamp();
  new.xid := pg_current_xact_id();
  -- The row is made before it is locked, so that two first events of a stream meet here.
  insert into ledger.stream_head values (new.stream, new.event_id, null) on conflict do nothing;
  select * into head from ledger.stream_head where stream = new.stream for update;
  new.previous_hash := head.event_hash;
  new.event_hash := sha256(convert_to(
    ledger.field('action', new.action) || ledger.field('actor', new.actor)
    || ledger.field('actor_kind', new.actor_kind) || ledger.field('actor_organisation', new.actor_organisation)
    || ledger.field('at', ledger.instant(new.at)) || ledger.field('batch', new.batch::text)
    || ledger.field('body', new.body) || ledger.field('counts', new.counts::text)
    || ledger.field('event_id', new.event_id::text) || ledger.field('merkle_root', encode(new.merkle_root, 'hex'))
    || ledger.field('object_kind', new.object_kind) || ledger.field('object_ref', new.object_ref)
    || ledger.field('previous_hash', encode(new.previous_hash, 'hex'))
    || ledger.field('reason', new.reason) || ledger.field('stream', new.stream::text), 'UTF8'));
  update ledger.stream_head h set event_id = new.event_id, event_hash = new.event_hash
   where h.stream = new.stream;
  return new;
end $$;
create trigger seal before insert on ledger.event for each row execute function ledger.seal_event();

create function ledger.seal_consultation() returns trigger language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$ begin
  new.at := clock_timestamp();
  new.consultation_hash := sha256(convert_to(
    ledger.field('action', new.action) || ledger.field('actor', new.actor)
    || ledger.field('actor_kind', new.actor_kind) || ledger.field('actor_organisation', new.actor_organisation)
    || ledger.field('at', ledger.instant(new.at)) || ledger.field('consultation_id', new.consultation_id::text)
    || ledger.field('object_kind', new.object_kind) || ledger.field('object_ref', new.object_ref)
    || ledger.field('page', new.page) || ledger.field('payload_hash', encode(new.payload_hash, 'hex'))
    || ledger.field('position', new.position::text) || ledger.field('reason', new.reason)
    || ledger.field('view', new.view) || ledger.field('was_refused', new.was_refused::text), 'UTF8'));
  return new;
end $$;
create trigger seal before insert on ledger.consultation
  for each row execute function ledger.seal_consultation();

do $$ declare t text; begin
  foreach t in array array['event', 'consultation', 'entry', 'checkpoint', 'batch_undo'] loop
    execute format('create trigger no_change before update or delete or truncate on ledger.%I
                    for each statement execute function ledger.refuse()', t);
  end loop;
end $$;

-- Only what came in a batch can be undone: not an undoing, not a decision, not this very act.
create function ledger.may_be_undone() returns trigger language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$ begin
  if not exists (select from ledger.event e where e.event_id = new.undone_event
                    and e.event_id <> new.event_id and e.batch is not null
                    and not e.counts ? 'batch_undo') then
    raise exception 'event % did not bring in a batch', new.undone_event using errcode = '23514';
  end if;
  return new;
end $$;
create trigger undoable before insert on ledger.batch_undo
  for each row execute function ledger.may_be_undone();
create trigger note after insert on ledger.batch_undo referencing new table as new_rows
  for each statement execute function ledger.note_write();

-- What has been written and has no position yet. Rows are seen here only once committed.
create table ledger.pending (
  source text not null,
  source_id bigint not null,
  at timestamptz not null,
  hash bytea not null,
  primary key (source, source_id)
);

create function ledger.queue_event() returns trigger language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$ begin
  insert into ledger.pending values ('event', new.event_id, new.at, new.event_hash);
  return null;
end $$;
create trigger queue after insert on ledger.event for each row execute function ledger.queue_event();

create function ledger.queue_consultation() returns trigger language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$ begin
  insert into ledger.pending values ('consultation', new.consultation_id, new.at, new.consultation_hash);
  return null;
end $$;
create trigger queue after insert on ledger.consultation
  for each row execute function ledger.queue_consultation();

-- Positions are given here and nowhere else, in one order, to what has already committed.
-- Anybody may ask for it; nobody can choose a position. Merkle tree as RFC 9162 §2.1.
create function ledger.sequence_pending() returns bigint language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
declare
  tree_size bigint; edge bytea[]; item record; leaf bytea; node bytea; level int; root bytea; given bigint := 0;
begin
  -- The row is the lock: an advisory lock could be taken, and kept, by anybody signed in.
  select f.size, f.peaks into tree_size, edge from ledger.frontier f for update;
  for item in select p.source, p.source_id, p.hash from ledger.pending p order by p.at, p.source, p.source_id loop
    leaf := sha256('\x00'::bytea || item.hash);
    tree_size := tree_size + 1;
    insert into ledger.entry values (tree_size, item.source, item.source_id, leaf);
    delete from ledger.pending p where p.source = item.source and p.source_id = item.source_id;
    node := leaf; level := 1;
    while level <= coalesce(array_length(edge, 1), 0) and edge[level] is not null loop
      node := sha256('\x01'::bytea || edge[level] || node);
      edge[level] := null;
      level := level + 1;
    end loop;
    edge[level] := node;
    given := given + 1;
  end loop;
  if given > 0 then
    for level in 1 .. array_length(edge, 1) loop
      if edge[level] is not null then
        root := case when root is null then edge[level] else sha256('\x01'::bytea || edge[level] || root) end;
      end if;
    end loop;
    update ledger.frontier f set size = tree_size, peaks = edge;
    insert into ledger.checkpoint (size, root) values (tree_size, root);
  end if;
  return given;
end $$;

-- A position that the log has not reached is refused: what it shows would change later.
-- Volatile, or the planner would call it to see what it returns.
create function ledger.not_reached(asked bigint) returns bigint language plpgsql volatile
set search_path = pg_catalog, pg_temp as $$ begin
  raise exception 'the record has not reached position %', asked using errcode = '22003';
end $$;

-- Who may do what. The application adds; it never changes, deletes, or chooses
-- a time, a hash, a position or a transaction number.
grant usage on schema ledger to onrecord_app, onrecord_sequencer, onrecord_reader, onrecord_compartment;
grant usage on sequence ledger.event_id_seq, ledger.consultation_id_seq to onrecord_app;
grant select on ledger.event, ledger.consultation, ledger.entry, ledger.checkpoint, ledger.batch_undo
  to onrecord_app, onrecord_sequencer, onrecord_reader;
grant select on ledger.entry, ledger.batch_undo to onrecord_compartment;
grant select on ledger.frontier to onrecord_app, onrecord_sequencer, onrecord_reader, onrecord_compartment;
grant select on ledger.pending to onrecord_app, onrecord_sequencer;
grant insert (event_id, actor, actor_kind, actor_organisation, action, object_kind, object_ref, reason,
              stream, batch, counts, merkle_root, body) on ledger.event to onrecord_app;
grant insert (actor, actor_kind, actor_organisation, action, object_kind, object_ref, page, reason, view,
              position, payload_hash, was_refused) on ledger.consultation to onrecord_app;
grant insert on ledger.batch_undo to onrecord_app;
revoke all on all functions in schema ledger from public;
grant execute on function ledger.sequence_pending() to onrecord_app, onrecord_sequencer;
grant execute on function ledger.field(text, text), ledger.instant(timestamptz), ledger.not_reached(bigint) to public;
