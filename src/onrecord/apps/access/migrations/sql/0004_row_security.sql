-- Row security under the fact tables: the net beneath the reads.
--
-- Reads leave out what is walled by themselves (`facts.reading`). Should one forget, the database
-- hands out what nobody in particular may see. `look_through` says for this connection whose eyes
-- are meant; a connection that said nothing has nobody's. Naming no account (null) is for jobs that
-- work on the whole record: projections, proofs, imports, snapshots.

create function public.look_through(eyes text) returns table (hidden text, hidden_holders text, eyes_meant text)
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  select set_config('onrecord.hidden',
           case when eyes is null then '{}' else coalesce((
             select array_agg(h.lineage)::text from public.hidden_from(eyes) h), '{}') end, false),
         set_config('onrecord.hidden_holders',
           case when eyes is null then '{}' else coalesce((
             select array_agg(h.holder_id)::text from public.holders_hidden_from(eyes) h), '{}') end, false),
         set_config('onrecord.eyes', coalesce(eyes, ''), false);
$$;

create function public.hidden_now() returns uuid[]
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select case when coalesce(current_setting('onrecord.hidden', true), '') <> ''
    then current_setting('onrecord.hidden')::uuid[]
    else coalesce((select array_agg(h.lineage) from public.hidden_from('') h), '{}') end
$$;

create function public.holders_hidden_now() returns integer[]
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select case when coalesce(current_setting('onrecord.hidden_holders', true), '') <> ''
    then current_setting('onrecord.hidden_holders')::integer[]
    else coalesce((select array_agg(h.holder_id) from public.holders_hidden_from('') h), '{}') end
$$;

revoke all on function public.look_through(text), public.hidden_now(), public.holders_hidden_now() from public;
grant execute on function public.look_through(text), public.hidden_now(), public.holders_hidden_now()
  to onrecord_app, onrecord_reader;

alter table facts.person_record enable row level security;
create policy seen on facts.person_record for select to onrecord_app, onrecord_reader using (not (array[lineage, case_lineage, record_lineage] && (select public.hidden_now())) and holder_id <> all ((select public.holders_hidden_now())::integer[]));
create policy added on facts.person_record for insert to onrecord_app with check (true);
alter table facts.service_spell enable row level security;
create policy seen on facts.service_spell for select to onrecord_app, onrecord_reader using (not (array[lineage, case_lineage, record_lineage, line_manager] && (select public.hidden_now())) and holder_id <> all ((select public.holders_hidden_now())::integer[]));
create policy added on facts.service_spell for insert to onrecord_app with check (true);
alter table facts.spell_end enable row level security;
create policy seen on facts.spell_end for select to onrecord_app, onrecord_reader using (not (array[lineage, case_lineage, record_lineage, spell] && (select public.hidden_now())) and holder_id <> all ((select public.holders_hidden_now())::integer[]));
create policy added on facts.spell_end for insert to onrecord_app with check (true);
alter table facts.incident enable row level security;
create policy seen on facts.incident for select to onrecord_app, onrecord_reader using (not (array[lineage, case_lineage, record_lineage] && (select public.hidden_now())) and holder_id <> all ((select public.holders_hidden_now())::integer[]));
create policy added on facts.incident for insert to onrecord_app with check (true);
alter table facts.case_reported enable row level security;
create policy seen on facts.case_reported for select to onrecord_app, onrecord_reader using (not (array[lineage, case_lineage, record_lineage] && (select public.hidden_now())) and holder_id <> all ((select public.holders_hidden_now())::integer[]));
create policy added on facts.case_reported for insert to onrecord_app with check (true);
alter table facts.case_finalised enable row level security;
create policy seen on facts.case_finalised for select to onrecord_app, onrecord_reader using (not (array[lineage, case_lineage, record_lineage] && (select public.hidden_now())) and holder_id <> all ((select public.holders_hidden_now())::integer[]));
create policy added on facts.case_finalised for insert to onrecord_app with check (true);
alter table facts.allegation enable row level security;
create policy seen on facts.allegation for select to onrecord_app, onrecord_reader using (not (array[lineage, case_lineage, record_lineage] && (select public.hidden_now())) and holder_id <> all ((select public.holders_hidden_now())::integer[]));
create policy added on facts.allegation for insert to onrecord_app with check (true);
alter table facts.disposition enable row level security;
create policy seen on facts.disposition for select to onrecord_app, onrecord_reader using (not (array[lineage, case_lineage, record_lineage, allegation] && (select public.hidden_now())) and holder_id <> all ((select public.holders_hidden_now())::integer[]));
create policy added on facts.disposition for insert to onrecord_app with check (true);
alter table facts.withdrawal enable row level security;
create policy seen on facts.withdrawal for select to onrecord_app, onrecord_reader using (not (array[lineage, case_lineage, record_lineage, allegation] && (select public.hidden_now())) and holder_id <> all ((select public.holders_hidden_now())::integer[]));
create policy added on facts.withdrawal for insert to onrecord_app with check (true);
alter table facts.party_role enable row level security;
create policy seen on facts.party_role for select to onrecord_app, onrecord_reader using (not (array[lineage, case_lineage, record_lineage, party, allegation] && (select public.hidden_now())) and holder_id <> all ((select public.holders_hidden_now())::integer[]));
create policy added on facts.party_role for insert to onrecord_app with check (true);
alter table facts.reported_decision enable row level security;
create policy seen on facts.reported_decision for select to onrecord_app, onrecord_reader using (not (array[lineage, case_lineage, record_lineage, maker_record, allegation] && (select public.hidden_now())) and holder_id <> all ((select public.holders_hidden_now())::integer[]));
create policy added on facts.reported_decision for insert to onrecord_app with check (true);
alter table facts.notification enable row level security;
create policy seen on facts.notification for select to onrecord_app, onrecord_reader using (not (array[lineage, case_lineage, record_lineage, about_lineage] && (select public.hidden_now())) and holder_id <> all ((select public.holders_hidden_now())::integer[]));
create policy added on facts.notification for insert to onrecord_app with check (true);
alter table facts.duty_status_spell enable row level security;
create policy seen on facts.duty_status_spell for select to onrecord_app, onrecord_reader using (not (array[lineage, case_lineage, record_lineage] && (select public.hidden_now())) and holder_id <> all ((select public.holders_hidden_now())::integer[]));
create policy added on facts.duty_status_spell for insert to onrecord_app with check (true);
alter table facts.clearance enable row level security;
create policy seen on facts.clearance for select to onrecord_app, onrecord_reader using (not (array[lineage, case_lineage, record_lineage] && (select public.hidden_now())) and holder_id <> all ((select public.holders_hidden_now())::integer[]));
create policy added on facts.clearance for insert to onrecord_app with check (true);
alter table facts.clearance_check enable row level security;
create policy seen on facts.clearance_check for select to onrecord_app, onrecord_reader using (not (array[lineage, case_lineage, record_lineage, clearance] && (select public.hidden_now())) and holder_id <> all ((select public.holders_hidden_now())::integer[]));
create policy added on facts.clearance_check for insert to onrecord_app with check (true);
alter table facts.referral enable row level security;
create policy seen on facts.referral for select to onrecord_app, onrecord_reader using (not (array[lineage, case_lineage, record_lineage] && (select public.hidden_now())) and holder_id <> all ((select public.holders_hidden_now())::integer[]));
create policy added on facts.referral for insert to onrecord_app with check (true);
alter table facts.identity_judgement enable row level security;
create policy seen on facts.identity_judgement for select to onrecord_app, onrecord_reader using (not (array[lineage, case_lineage, record_lineage, record_a, record_b] && (select public.hidden_now())) and holder_id <> all ((select public.holders_hidden_now())::integer[]));
create policy added on facts.identity_judgement for insert to onrecord_app with check (true);
alter table facts.incident_judgement enable row level security;
create policy seen on facts.incident_judgement for select to onrecord_app, onrecord_reader using (not (array[lineage, case_lineage, record_lineage, case_a, case_b] && (select public.hidden_now())) and holder_id <> all ((select public.holders_hidden_now())::integer[]));
create policy added on facts.incident_judgement for insert to onrecord_app with check (true);
alter table facts.document enable row level security;
create policy seen on facts.document for select to onrecord_app, onrecord_reader using (not (array[lineage, case_lineage, record_lineage] && (select public.hidden_now())) and holder_id <> all ((select public.holders_hidden_now())::integer[]));
create policy added on facts.document for insert to onrecord_app with check (true);
alter table facts.narrative enable row level security;
create policy seen on facts.narrative for select to onrecord_app, onrecord_reader using (not (array[lineage, case_lineage, record_lineage] && (select public.hidden_now())) and holder_id <> all ((select public.holders_hidden_now())::integer[]));
create policy added on facts.narrative for insert to onrecord_app with check (true);
alter table facts.record enable row level security;
create policy seen on facts.record for select to onrecord_app, onrecord_reader using (not (array[lineage, case_lineage, record_lineage, part_of] && (select public.hidden_now())) and holder_id <> all ((select public.holders_hidden_now())::integer[]));
create policy added on facts.record for insert to onrecord_app with check (true);
alter table facts.holding enable row level security;
create policy seen on facts.holding for select to onrecord_app, onrecord_reader using (not (array[lineage, case_lineage, record_lineage, held_lineage] && (select public.hidden_now())) and holder_id <> all ((select public.holders_hidden_now())::integer[]));
create policy added on facts.holding for insert to onrecord_app with check (true);
