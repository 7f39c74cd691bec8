-- The fact store: one append-only table for each kind of fact, with one header.
-- Made by `python -m onrecord.apps.facts.ddl`, then frozen here.

create sequence facts.fact_id_seq;

-- Counts what was written for the ledger, and refuses a holder that does not exist:
-- one look at the whole statement instead of a foreign key checked row by row.
create function facts.note_write() returns trigger language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
declare is_astray boolean;
begin
  if exists (select from (select distinct holder_id from new_rows) w
             where not exists (select from public.organisations_holder h where h.id = w.holder_id)) then
    raise exception 'a fact in % names a holder that does not exist', tg_table_name using errcode = '23503';
  end if;
  -- A mistake is put right under the known date of the version it corrects. A known date that
  -- was itself mistaken is put right by taking that version back (mistake, gone) and writing
  -- the value again under its right date: any other way it would stay in every earlier view.
  if exists (select from new_rows where change = 'mistake') then
    execute format(
      'select exists (select from new_rows w where w.change = ''mistake'' and not exists ('
      'select from %s f where f.lineage = w.lineage and f.known_on = w.known_on and f.fact_id <> w.fact_id))',
      tg_relid::regclass) into is_astray;
    if is_astray then
      raise exception 'a mistake in % keeps the known date of the version it puts right', tg_table_name
        using errcode = '23514';
    end if;
  end if;
  insert into ledger.write_guard (tab, event_id, n)
  select tg_relid, event_id, count(*) from new_rows group by event_id;
  return null;
end $$;

-- Facts name their holder by number, so what a number means may not change afterwards.
revoke update, delete, truncate on public.organisations_holder, public.organisations_organisation from onrecord_app;
grant update (name) on public.organisations_holder to onrecord_app;
grant update (name, kind) on public.organisations_organisation to onrecord_app;

grant usage on schema facts to onrecord_app, onrecord_reader, onrecord_sequencer, onrecord_compartment;
grant usage on schema compartment to onrecord_app, onrecord_compartment, onrecord_sequencer;
grant usage on sequence facts.fact_id_seq to onrecord_app;

-- one row about somebody in one source
create table facts.person_record (
  fact_id bigint primary key default nextval('facts.fact_id_seq'),
  event_id bigint not null,
  lineage uuid not null,
  change text not null check (change in ('first', 'later', 'mistake')),
  gone boolean not null default false,
  happened_from date,
  happened_to date,
  happened_basis text check (happened_basis in ('stated', 'derived', 'not_known')),
  known_on date not null,
  known_basis text not null check (known_basis in ('stated', 'derived', 'extract')),
  known_rule text,
  holder_id integer not null,
  source_ref text,
  case_lineage uuid,
  record_lineage uuid,
  salt bytea not null check (length(salt) = 16),
  leaf bytea not null check (length(leaf) = 32),
  organisation_id integer not null,
  wall smallint not null default 0,
  person_type text check (person_type in ('contractor', 'designated_volunteer', 'former_officer', 'former_staff', 'officer', 'special', 'staff', 'student_officer', 'unknown')),
  family_name text,
  given_names text,
  middle_names text,
  suffix text,
  title text,
  birth_date date check (birth_date between '0001-01-01' and '9999-12-31'),
  birth_year integer,
  age_stated integer,
  recorded_sex text,
  recorded_ethnicity text,
  service_number text,
  warrant_number text,
  check (happened_to >= happened_from),
  check (known_on between '0001-01-01' and '9999-12-31'),
  check (happened_from between '0001-01-01' and '9999-12-31'),
  check (happened_to between '0001-01-01' and '9999-12-31'),
  check ((known_basis = 'derived') = (known_rule is not null)),
  check (change <> 'first' or not gone)
);
create index on facts.person_record (lineage);
create index on facts.person_record using brin (event_id);
create index on facts.person_record (source_ref);
create trigger no_change before update or delete or truncate on facts.person_record for each statement execute function ledger.refuse();
create trigger note after insert on facts.person_record referencing new table as new_rows for each statement execute function facts.note_write();
grant insert (event_id, lineage, happened_from, happened_to, happened_basis, holder_id, source_ref, case_lineage, record_lineage, change, gone, known_on, known_basis, known_rule, salt, leaf, organisation_id, wall, person_type, family_name, given_names, middle_names, suffix, title, birth_date, birth_year, age_stated, recorded_sex, recorded_ethnicity, service_number, warrant_number) on facts.person_record to onrecord_app;
grant select on facts.person_record to onrecord_app, onrecord_reader;

-- a time for which somebody held a rank, a post, a unit
create table facts.service_spell (
  fact_id bigint primary key default nextval('facts.fact_id_seq'),
  event_id bigint not null,
  lineage uuid not null,
  change text not null check (change in ('first', 'later', 'mistake')),
  gone boolean not null default false,
  happened_from date,
  happened_to date,
  happened_basis text check (happened_basis in ('stated', 'derived', 'not_known')),
  known_on date not null,
  known_basis text not null check (known_basis in ('stated', 'derived', 'extract')),
  known_rule text,
  holder_id integer not null,
  source_ref text,
  case_lineage uuid,
  record_lineage uuid,
  salt bytea not null check (length(salt) = 16),
  leaf bytea not null check (length(leaf) = 32),
  employer text,
  person_type text check (person_type in ('contractor', 'designated_volunteer', 'former_officer', 'former_staff', 'officer', 'special', 'staff', 'student_officer', 'unknown')),
  rank text,
  post text,
  unit text,
  line_manager uuid,
  authorisations text,
  is_service boolean,
  check (happened_to >= happened_from),
  check (known_on between '0001-01-01' and '9999-12-31'),
  check (happened_from between '0001-01-01' and '9999-12-31'),
  check (happened_to between '0001-01-01' and '9999-12-31'),
  check ((known_basis = 'derived') = (known_rule is not null)),
  check (change <> 'first' or not gone)
);
create index on facts.service_spell (lineage);
create index on facts.service_spell using brin (event_id);
create index on facts.service_spell (record_lineage) where record_lineage is not null;
create index on facts.service_spell (case_lineage) where case_lineage is not null;
create trigger no_change before update or delete or truncate on facts.service_spell for each statement execute function ledger.refuse();
create trigger note after insert on facts.service_spell referencing new table as new_rows for each statement execute function facts.note_write();
grant insert (event_id, lineage, happened_from, happened_to, happened_basis, holder_id, source_ref, case_lineage, record_lineage, change, gone, known_on, known_basis, known_rule, salt, leaf, employer, person_type, rank, post, unit, line_manager, authorisations, is_service) on facts.service_spell to onrecord_app;
grant select on facts.service_spell to onrecord_app, onrecord_reader;

-- a service or duty-status spell came to its end
create table facts.spell_end (
  fact_id bigint primary key default nextval('facts.fact_id_seq'),
  event_id bigint not null,
  lineage uuid not null,
  change text not null check (change in ('first', 'later', 'mistake')),
  gone boolean not null default false,
  happened_from date,
  happened_to date,
  happened_basis text check (happened_basis in ('stated', 'derived', 'not_known')),
  known_on date not null,
  known_basis text not null check (known_basis in ('stated', 'derived', 'extract')),
  known_rule text,
  holder_id integer not null,
  source_ref text,
  case_lineage uuid,
  record_lineage uuid,
  salt bytea not null check (length(salt) = 16),
  leaf bytea not null check (length(leaf) = 32),
  spell uuid,
  ended_on date check (ended_on between '0001-01-01' and '9999-12-31'),
  spell_ending text check (spell_ending in ('deceased', 'ended', 'left_dismissed', 'left_other', 'left_resigned', 'left_retired', 'left_transferred')),
  check (happened_to >= happened_from),
  check (known_on between '0001-01-01' and '9999-12-31'),
  check (happened_from between '0001-01-01' and '9999-12-31'),
  check (happened_to between '0001-01-01' and '9999-12-31'),
  check ((known_basis = 'derived') = (known_rule is not null)),
  check (change <> 'first' or not gone)
);
create index on facts.spell_end (lineage);
create index on facts.spell_end using brin (event_id);
create index on facts.spell_end (record_lineage) where record_lineage is not null;
create index on facts.spell_end (case_lineage) where case_lineage is not null;
create trigger no_change before update or delete or truncate on facts.spell_end for each statement execute function ledger.refuse();
create trigger note after insert on facts.spell_end referencing new table as new_rows for each statement execute function facts.note_write();
grant insert (event_id, lineage, happened_from, happened_to, happened_basis, holder_id, source_ref, case_lineage, record_lineage, change, gone, known_on, known_basis, known_rule, salt, leaf, spell, ended_on, spell_ending) on facts.spell_end to onrecord_app;
grant select on facts.spell_end to onrecord_app, onrecord_reader;

-- the thing that happened, however many records it left
create table facts.incident (
  fact_id bigint primary key default nextval('facts.fact_id_seq'),
  event_id bigint not null,
  lineage uuid not null,
  change text not null check (change in ('first', 'later', 'mistake')),
  gone boolean not null default false,
  happened_from date,
  happened_to date,
  happened_basis text check (happened_basis in ('stated', 'derived', 'not_known')),
  known_on date not null,
  known_basis text not null check (known_basis in ('stated', 'derived', 'extract')),
  known_rule text,
  holder_id integer not null,
  source_ref text,
  case_lineage uuid,
  record_lineage uuid,
  salt bytea not null check (length(salt) = 16),
  leaf bytea not null check (length(leaf) = 32),
  organisation_id integer not null,
  wall smallint not null default 0,
  incident_type text,
  place text,
  factors text,
  check (happened_to >= happened_from),
  check (known_on between '0001-01-01' and '9999-12-31'),
  check (happened_from between '0001-01-01' and '9999-12-31'),
  check (happened_to between '0001-01-01' and '9999-12-31'),
  check ((known_basis = 'derived') = (known_rule is not null)),
  check (change <> 'first' or not gone)
);
create index on facts.incident (lineage);
create index on facts.incident using brin (event_id);
create index on facts.incident (record_lineage) where record_lineage is not null;
create index on facts.incident (case_lineage) where case_lineage is not null;
create trigger no_change before update or delete or truncate on facts.incident for each statement execute function ledger.refuse();
create trigger note after insert on facts.incident referencing new table as new_rows for each statement execute function facts.note_write();
grant insert (event_id, lineage, happened_from, happened_to, happened_basis, holder_id, source_ref, case_lineage, record_lineage, change, gone, known_on, known_basis, known_rule, salt, leaf, organisation_id, wall, incident_type, place, factors) on facts.incident to onrecord_app;
grant select on facts.incident to onrecord_app, onrecord_reader;

-- a case was reported or recorded by its holder
create table facts.case_reported (
  fact_id bigint primary key default nextval('facts.fact_id_seq'),
  event_id bigint not null,
  lineage uuid not null,
  change text not null check (change in ('first', 'later', 'mistake')),
  gone boolean not null default false,
  happened_from date,
  happened_to date,
  happened_basis text check (happened_basis in ('stated', 'derived', 'not_known')),
  known_on date not null,
  known_basis text not null check (known_basis in ('stated', 'derived', 'extract')),
  known_rule text,
  holder_id integer not null,
  source_ref text,
  case_lineage uuid,
  record_lineage uuid,
  salt bytea not null check (length(salt) = 16),
  leaf bytea not null check (length(leaf) = 32),
  organisation_id integer not null,
  wall smallint not null default 0,
  case_type text check (case_type in ('complaint', 'complaint_outside_sch3', 'complaint_sch3', 'conduct_matter', 'crime_report', 'domestic_incident', 'dsi', 'misc', 'vetting_info')),
  reference text,
  incident uuid,
  reported_on date check (reported_on between '0001-01-01' and '9999-12-31'),
  recorded_on date check (recorded_on between '0001-01-01' and '9999-12-31'),
  reported_by text,
  agency text,
  category text,
  factors text,
  check (happened_to >= happened_from),
  check (known_on between '0001-01-01' and '9999-12-31'),
  check (happened_from between '0001-01-01' and '9999-12-31'),
  check (happened_to between '0001-01-01' and '9999-12-31'),
  check ((known_basis = 'derived') = (known_rule is not null)),
  check (change <> 'first' or not gone)
);
create index on facts.case_reported (lineage);
create index on facts.case_reported using brin (event_id);
create index on facts.case_reported (record_lineage) where record_lineage is not null;
create index on facts.case_reported (case_lineage) where case_lineage is not null;
create index on facts.case_reported (incident);
create index on facts.case_reported (reference);
create trigger no_change before update or delete or truncate on facts.case_reported for each statement execute function ledger.refuse();
create trigger note after insert on facts.case_reported referencing new table as new_rows for each statement execute function facts.note_write();
grant insert (event_id, lineage, happened_from, happened_to, happened_basis, holder_id, source_ref, case_lineage, record_lineage, change, gone, known_on, known_basis, known_rule, salt, leaf, organisation_id, wall, case_type, reference, incident, reported_on, recorded_on, reported_by, agency, category, factors) on facts.case_reported to onrecord_app;
grant select on facts.case_reported to onrecord_app, onrecord_reader;

-- the holder finished with the case
create table facts.case_finalised (
  fact_id bigint primary key default nextval('facts.fact_id_seq'),
  event_id bigint not null,
  lineage uuid not null,
  change text not null check (change in ('first', 'later', 'mistake')),
  gone boolean not null default false,
  happened_from date,
  happened_to date,
  happened_basis text check (happened_basis in ('stated', 'derived', 'not_known')),
  known_on date not null,
  known_basis text not null check (known_basis in ('stated', 'derived', 'extract')),
  known_rule text,
  holder_id integer not null,
  source_ref text,
  case_lineage uuid,
  record_lineage uuid,
  salt bytea not null check (length(salt) = 16),
  leaf bytea not null check (length(leaf) = 32),
  finalised_on date check (finalised_on between '0001-01-01' and '9999-12-31'),
  result text,
  check (happened_to >= happened_from),
  check (known_on between '0001-01-01' and '9999-12-31'),
  check (happened_from between '0001-01-01' and '9999-12-31'),
  check (happened_to between '0001-01-01' and '9999-12-31'),
  check ((known_basis = 'derived') = (known_rule is not null)),
  check (change <> 'first' or not gone)
);
create index on facts.case_finalised (lineage);
create index on facts.case_finalised using brin (event_id);
create index on facts.case_finalised (record_lineage) where record_lineage is not null;
create index on facts.case_finalised (case_lineage) where case_lineage is not null;
create trigger no_change before update or delete or truncate on facts.case_finalised for each statement execute function ledger.refuse();
create trigger note after insert on facts.case_finalised referencing new table as new_rows for each statement execute function facts.note_write();
grant insert (event_id, lineage, happened_from, happened_to, happened_basis, holder_id, source_ref, case_lineage, record_lineage, change, gone, known_on, known_basis, known_rule, salt, leaf, finalised_on, result) on facts.case_finalised to onrecord_app;
grant select on facts.case_finalised to onrecord_app, onrecord_reader;

-- something a subject is said to have done
create table facts.allegation (
  fact_id bigint primary key default nextval('facts.fact_id_seq'),
  event_id bigint not null,
  lineage uuid not null,
  change text not null check (change in ('first', 'later', 'mistake')),
  gone boolean not null default false,
  happened_from date,
  happened_to date,
  happened_basis text check (happened_basis in ('stated', 'derived', 'not_known')),
  known_on date not null,
  known_basis text not null check (known_basis in ('stated', 'derived', 'extract')),
  known_rule text,
  holder_id integer not null,
  source_ref text,
  case_lineage uuid,
  record_lineage uuid,
  salt bytea not null check (length(salt) = 16),
  leaf bytea not null check (length(leaf) = 32),
  category_code text,
  category text,
  category_group text,
  factors text,
  occurred_on date check (occurred_on between '0001-01-01' and '9999-12-31'),
  subject_note text,
  check (happened_to >= happened_from),
  check (known_on between '0001-01-01' and '9999-12-31'),
  check (happened_from between '0001-01-01' and '9999-12-31'),
  check (happened_to between '0001-01-01' and '9999-12-31'),
  check ((known_basis = 'derived') = (known_rule is not null)),
  check (change <> 'first' or not gone)
);
create index on facts.allegation (lineage);
create index on facts.allegation using brin (event_id);
create index on facts.allegation (record_lineage) where record_lineage is not null;
create index on facts.allegation (case_lineage) where case_lineage is not null;
create trigger no_change before update or delete or truncate on facts.allegation for each statement execute function ledger.refuse();
create trigger note after insert on facts.allegation referencing new table as new_rows for each statement execute function facts.note_write();
grant insert (event_id, lineage, happened_from, happened_to, happened_basis, holder_id, source_ref, case_lineage, record_lineage, change, gone, known_on, known_basis, known_rule, salt, leaf, category_code, category, category_group, factors, occurred_on, subject_note) on facts.allegation to onrecord_app;
grant select on facts.allegation to onrecord_app, onrecord_reader;

-- how an allegation ended
create table facts.disposition (
  fact_id bigint primary key default nextval('facts.fact_id_seq'),
  event_id bigint not null,
  lineage uuid not null,
  change text not null check (change in ('first', 'later', 'mistake')),
  gone boolean not null default false,
  happened_from date,
  happened_to date,
  happened_basis text check (happened_basis in ('stated', 'derived', 'not_known')),
  known_on date not null,
  known_basis text not null check (known_basis in ('stated', 'derived', 'extract')),
  known_rule text,
  holder_id integer not null,
  source_ref text,
  case_lineage uuid,
  record_lineage uuid,
  salt bytea not null check (length(salt) = 16),
  leaf bytea not null check (length(leaf) = 32),
  allegation uuid,
  wording text,
  era text,
  disposition_class text check (disposition_class in ('not_proven_after_hearing', 'open', 'positively_disproved', 'proven', 'unresolved')),
  outcome text,
  recommended_wording text,
  recommended_outcome text,
  victim_position text check (victim_position in ('did_not_wish_to_report', 'died', 'lacked_capacity', 'never_approached', 'not_recorded', 'reported_does_not_support', 'retracted', 'supports', 'untraceable')),
  finalised_on date check (finalised_on between '0001-01-01' and '9999-12-31'),
  check (happened_to >= happened_from),
  check (known_on between '0001-01-01' and '9999-12-31'),
  check (happened_from between '0001-01-01' and '9999-12-31'),
  check (happened_to between '0001-01-01' and '9999-12-31'),
  check ((known_basis = 'derived') = (known_rule is not null)),
  check (change <> 'first' or not gone)
);
create index on facts.disposition (lineage);
create index on facts.disposition using brin (event_id);
create index on facts.disposition (record_lineage) where record_lineage is not null;
create index on facts.disposition (case_lineage) where case_lineage is not null;
create trigger no_change before update or delete or truncate on facts.disposition for each statement execute function ledger.refuse();
create trigger note after insert on facts.disposition referencing new table as new_rows for each statement execute function facts.note_write();
grant insert (event_id, lineage, happened_from, happened_to, happened_basis, holder_id, source_ref, case_lineage, record_lineage, change, gone, known_on, known_basis, known_rule, salt, leaf, allegation, wording, era, disposition_class, outcome, recommended_wording, recommended_outcome, victim_position, finalised_on) on facts.disposition to onrecord_app;
grant select on facts.disposition to onrecord_app, onrecord_reader;

-- a victim or complainant stepped back, which disproves nothing
create table facts.withdrawal (
  fact_id bigint primary key default nextval('facts.fact_id_seq'),
  event_id bigint not null,
  lineage uuid not null,
  change text not null check (change in ('first', 'later', 'mistake')),
  gone boolean not null default false,
  happened_from date,
  happened_to date,
  happened_basis text check (happened_basis in ('stated', 'derived', 'not_known')),
  known_on date not null,
  known_basis text not null check (known_basis in ('stated', 'derived', 'extract')),
  known_rule text,
  holder_id integer not null,
  source_ref text,
  case_lineage uuid,
  record_lineage uuid,
  salt bytea not null check (length(salt) = 16),
  leaf bytea not null check (length(leaf) = 32),
  allegation uuid,
  victim_position text check (victim_position in ('did_not_wish_to_report', 'died', 'lacked_capacity', 'never_approached', 'not_recorded', 'reported_does_not_support', 'retracted', 'supports', 'untraceable')),
  withdrawn_on date check (withdrawn_on between '0001-01-01' and '9999-12-31'),
  recorded_by text,
  check (happened_to >= happened_from),
  check (known_on between '0001-01-01' and '9999-12-31'),
  check (happened_from between '0001-01-01' and '9999-12-31'),
  check (happened_to between '0001-01-01' and '9999-12-31'),
  check ((known_basis = 'derived') = (known_rule is not null)),
  check (change <> 'first' or not gone)
);
create index on facts.withdrawal (lineage);
create index on facts.withdrawal using brin (event_id);
create index on facts.withdrawal (record_lineage) where record_lineage is not null;
create index on facts.withdrawal (case_lineage) where case_lineage is not null;
create trigger no_change before update or delete or truncate on facts.withdrawal for each statement execute function ledger.refuse();
create trigger note after insert on facts.withdrawal referencing new table as new_rows for each statement execute function facts.note_write();
grant insert (event_id, lineage, happened_from, happened_to, happened_basis, holder_id, source_ref, case_lineage, record_lineage, change, gone, known_on, known_basis, known_rule, salt, leaf, allegation, victim_position, withdrawn_on, recorded_by) on facts.withdrawal to onrecord_app;
grant select on facts.withdrawal to onrecord_app, onrecord_reader;

-- somebody has a role in a case
create table facts.party_role (
  fact_id bigint primary key default nextval('facts.fact_id_seq'),
  event_id bigint not null,
  lineage uuid not null,
  change text not null check (change in ('first', 'later', 'mistake')),
  gone boolean not null default false,
  happened_from date,
  happened_to date,
  happened_basis text check (happened_basis in ('stated', 'derived', 'not_known')),
  known_on date not null,
  known_basis text not null check (known_basis in ('stated', 'derived', 'extract')),
  known_rule text,
  holder_id integer not null,
  source_ref text,
  case_lineage uuid,
  record_lineage uuid,
  salt bytea not null check (length(salt) = 16),
  leaf bytea not null check (length(leaf) = 32),
  party uuid,
  role text check (role in ('other', 'reporter', 'subject', 'unknown', 'victim', 'witness')),
  pseudonym text,
  allegation uuid,
  primary_aggressor text,
  assessed_by text,
  check (happened_to >= happened_from),
  check (known_on between '0001-01-01' and '9999-12-31'),
  check (happened_from between '0001-01-01' and '9999-12-31'),
  check (happened_to between '0001-01-01' and '9999-12-31'),
  check ((known_basis = 'derived') = (known_rule is not null)),
  check (change <> 'first' or not gone)
);
create index on facts.party_role (lineage);
create index on facts.party_role using brin (event_id);
create index on facts.party_role (record_lineage) where record_lineage is not null;
create index on facts.party_role (case_lineage) where case_lineage is not null;
create trigger no_change before update or delete or truncate on facts.party_role for each statement execute function ledger.refuse();
create trigger note after insert on facts.party_role referencing new table as new_rows for each statement execute function facts.note_write();
grant insert (event_id, lineage, happened_from, happened_to, happened_basis, holder_id, source_ref, case_lineage, record_lineage, change, gone, known_on, known_basis, known_rule, salt, leaf, party, role, pseudonym, allegation, primary_aggressor, assessed_by) on facts.party_role to onrecord_app;
grant select on facts.party_role to onrecord_app, onrecord_reader;

-- who a victim, witness or reporter is
create table compartment.party_identity (
  fact_id bigint primary key default nextval('facts.fact_id_seq'),
  event_id bigint not null,
  lineage uuid not null,
  change text not null check (change in ('first', 'later', 'mistake')),
  gone boolean not null default false,
  happened_from date,
  happened_to date,
  happened_basis text check (happened_basis in ('stated', 'derived', 'not_known')),
  known_on date not null,
  known_basis text not null check (known_basis in ('stated', 'derived', 'extract')),
  known_rule text,
  holder_id integer not null,
  source_ref text,
  case_lineage uuid,
  record_lineage uuid,
  salt bytea not null check (length(salt) = 16),
  leaf bytea not null check (length(leaf) = 32),
  name text,
  birth_year integer,
  age_stated integer,
  recorded_sex text,
  recorded_ethnicity text,
  contact text,
  injury text,
  workforce_record uuid,
  check (happened_to >= happened_from),
  check (known_on between '0001-01-01' and '9999-12-31'),
  check (happened_from between '0001-01-01' and '9999-12-31'),
  check (happened_to between '0001-01-01' and '9999-12-31'),
  check ((known_basis = 'derived') = (known_rule is not null)),
  check (change <> 'first' or not gone)
);
create index on compartment.party_identity (lineage);
create index on compartment.party_identity using brin (event_id);
create index on compartment.party_identity (record_lineage) where record_lineage is not null;
create index on compartment.party_identity (case_lineage) where case_lineage is not null;
create trigger no_change before update or delete or truncate on compartment.party_identity for each statement execute function ledger.refuse();
create trigger note after insert on compartment.party_identity referencing new table as new_rows for each statement execute function facts.note_write();
grant insert (event_id, lineage, happened_from, happened_to, happened_basis, holder_id, source_ref, case_lineage, record_lineage, change, gone, known_on, known_basis, known_rule, salt, leaf, name, birth_year, age_stated, recorded_sex, recorded_ethnicity, contact, injury, workforce_record) on compartment.party_identity to onrecord_app;
grant select on compartment.party_identity to onrecord_compartment;

-- somebody's act elsewhere, as reported
create table facts.reported_decision (
  fact_id bigint primary key default nextval('facts.fact_id_seq'),
  event_id bigint not null,
  lineage uuid not null,
  change text not null check (change in ('first', 'later', 'mistake')),
  gone boolean not null default false,
  happened_from date,
  happened_to date,
  happened_basis text check (happened_basis in ('stated', 'derived', 'not_known')),
  known_on date not null,
  known_basis text not null check (known_basis in ('stated', 'derived', 'extract')),
  known_rule text,
  holder_id integer not null,
  source_ref text,
  case_lineage uuid,
  record_lineage uuid,
  salt bytea not null check (length(salt) = 16),
  leaf bytea not null check (length(leaf) = 32),
  decision_type text,
  decision text,
  decided_on date check (decided_on between '0001-01-01' and '9999-12-31'),
  decided_by_organisation text,
  maker_record uuid,
  maker_post text,
  maker_name text,
  reasons text,
  allegation uuid,
  check (happened_to >= happened_from),
  check (known_on between '0001-01-01' and '9999-12-31'),
  check (happened_from between '0001-01-01' and '9999-12-31'),
  check (happened_to between '0001-01-01' and '9999-12-31'),
  check ((known_basis = 'derived') = (known_rule is not null)),
  check (change <> 'first' or not gone)
);
create index on facts.reported_decision (lineage);
create index on facts.reported_decision using brin (event_id);
create index on facts.reported_decision (record_lineage) where record_lineage is not null;
create index on facts.reported_decision (case_lineage) where case_lineage is not null;
create trigger no_change before update or delete or truncate on facts.reported_decision for each statement execute function ledger.refuse();
create trigger note after insert on facts.reported_decision referencing new table as new_rows for each statement execute function facts.note_write();
grant insert (event_id, lineage, happened_from, happened_to, happened_basis, holder_id, source_ref, case_lineage, record_lineage, change, gone, known_on, known_basis, known_rule, salt, leaf, decision_type, decision, decided_on, decided_by_organisation, maker_record, maker_post, maker_name, reasons, allegation) on facts.reported_decision to onrecord_app;
grant select on facts.reported_decision to onrecord_app, onrecord_reader;

-- one holder told another, or should have
create table facts.notification (
  fact_id bigint primary key default nextval('facts.fact_id_seq'),
  event_id bigint not null,
  lineage uuid not null,
  change text not null check (change in ('first', 'later', 'mistake')),
  gone boolean not null default false,
  happened_from date,
  happened_to date,
  happened_basis text check (happened_basis in ('stated', 'derived', 'not_known')),
  known_on date not null,
  known_basis text not null check (known_basis in ('stated', 'derived', 'extract')),
  known_rule text,
  holder_id integer not null,
  source_ref text,
  case_lineage uuid,
  record_lineage uuid,
  salt bytea not null check (length(salt) = 16),
  leaf bytea not null check (length(leaf) = 32),
  from_organisation text,
  to_organisation text,
  to_system text,
  about_lineage uuid,
  was_made boolean,
  notified_on date check (notified_on between '0001-01-01' and '9999-12-31'),
  channel text,
  check (happened_to >= happened_from),
  check (known_on between '0001-01-01' and '9999-12-31'),
  check (happened_from between '0001-01-01' and '9999-12-31'),
  check (happened_to between '0001-01-01' and '9999-12-31'),
  check ((known_basis = 'derived') = (known_rule is not null)),
  check (change <> 'first' or not gone)
);
create index on facts.notification (lineage);
create index on facts.notification using brin (event_id);
create index on facts.notification (record_lineage) where record_lineage is not null;
create index on facts.notification (case_lineage) where case_lineage is not null;
create trigger no_change before update or delete or truncate on facts.notification for each statement execute function ledger.refuse();
create trigger note after insert on facts.notification referencing new table as new_rows for each statement execute function facts.note_write();
grant insert (event_id, lineage, happened_from, happened_to, happened_basis, holder_id, source_ref, case_lineage, record_lineage, change, gone, known_on, known_basis, known_rule, salt, leaf, from_organisation, to_organisation, to_system, about_lineage, was_made, notified_on, channel) on facts.notification to onrecord_app;
grant select on facts.notification to onrecord_app, onrecord_reader;

-- the duty status somebody was given
create table facts.duty_status_spell (
  fact_id bigint primary key default nextval('facts.fact_id_seq'),
  event_id bigint not null,
  lineage uuid not null,
  change text not null check (change in ('first', 'later', 'mistake')),
  gone boolean not null default false,
  happened_from date,
  happened_to date,
  happened_basis text check (happened_basis in ('stated', 'derived', 'not_known')),
  known_on date not null,
  known_basis text not null check (known_basis in ('stated', 'derived', 'extract')),
  known_rule text,
  holder_id integer not null,
  source_ref text,
  case_lineage uuid,
  record_lineage uuid,
  salt bytea not null check (length(salt) = 16),
  leaf bytea not null check (length(leaf) = 32),
  duty_status text check (duty_status in ('normal', 'redeployed', 'restricted', 'suspended')),
  ground text,
  terms text,
  authorised_by text,
  next_review_on date check (next_review_on between '0001-01-01' and '9999-12-31'),
  check (happened_to >= happened_from),
  check (known_on between '0001-01-01' and '9999-12-31'),
  check (happened_from between '0001-01-01' and '9999-12-31'),
  check (happened_to between '0001-01-01' and '9999-12-31'),
  check ((known_basis = 'derived') = (known_rule is not null)),
  check (change <> 'first' or not gone)
);
create index on facts.duty_status_spell (lineage);
create index on facts.duty_status_spell using brin (event_id);
create index on facts.duty_status_spell (record_lineage) where record_lineage is not null;
create index on facts.duty_status_spell (case_lineage) where case_lineage is not null;
create trigger no_change before update or delete or truncate on facts.duty_status_spell for each statement execute function ledger.refuse();
create trigger note after insert on facts.duty_status_spell referencing new table as new_rows for each statement execute function facts.note_write();
grant insert (event_id, lineage, happened_from, happened_to, happened_basis, holder_id, source_ref, case_lineage, record_lineage, change, gone, known_on, known_basis, known_rule, salt, leaf, duty_status, ground, terms, authorised_by, next_review_on) on facts.duty_status_spell to onrecord_app;
grant select on facts.duty_status_spell to onrecord_app, onrecord_reader;

-- a vetting decision
create table facts.clearance (
  fact_id bigint primary key default nextval('facts.fact_id_seq'),
  event_id bigint not null,
  lineage uuid not null,
  change text not null check (change in ('first', 'later', 'mistake')),
  gone boolean not null default false,
  happened_from date,
  happened_to date,
  happened_basis text check (happened_basis in ('stated', 'derived', 'not_known')),
  known_on date not null,
  known_basis text not null check (known_basis in ('stated', 'derived', 'extract')),
  known_rule text,
  holder_id integer not null,
  source_ref text,
  case_lineage uuid,
  record_lineage uuid,
  salt bytea not null check (length(salt) = 16),
  leaf bytea not null check (length(leaf) = 32),
  vetting_level text,
  vetting_outcome text,
  granted_on date check (granted_on between '0001-01-01' and '9999-12-31'),
  expires_on date check (expires_on between '0001-01-01' and '9999-12-31'),
  decided_by text,
  check (happened_to >= happened_from),
  check (known_on between '0001-01-01' and '9999-12-31'),
  check (happened_from between '0001-01-01' and '9999-12-31'),
  check (happened_to between '0001-01-01' and '9999-12-31'),
  check ((known_basis = 'derived') = (known_rule is not null)),
  check (change <> 'first' or not gone)
);
create index on facts.clearance (lineage);
create index on facts.clearance using brin (event_id);
create index on facts.clearance (record_lineage) where record_lineage is not null;
create index on facts.clearance (case_lineage) where case_lineage is not null;
create trigger no_change before update or delete or truncate on facts.clearance for each statement execute function ledger.refuse();
create trigger note after insert on facts.clearance referencing new table as new_rows for each statement execute function facts.note_write();
grant insert (event_id, lineage, happened_from, happened_to, happened_basis, holder_id, source_ref, case_lineage, record_lineage, change, gone, known_on, known_basis, known_rule, salt, leaf, vetting_level, vetting_outcome, granted_on, expires_on, decided_by) on facts.clearance to onrecord_app;
grant select on facts.clearance to onrecord_app, onrecord_reader;

-- a check that a vetting decision did or did not make
create table facts.clearance_check (
  fact_id bigint primary key default nextval('facts.fact_id_seq'),
  event_id bigint not null,
  lineage uuid not null,
  change text not null check (change in ('first', 'later', 'mistake')),
  gone boolean not null default false,
  happened_from date,
  happened_to date,
  happened_basis text check (happened_basis in ('stated', 'derived', 'not_known')),
  known_on date not null,
  known_basis text not null check (known_basis in ('stated', 'derived', 'extract')),
  known_rule text,
  holder_id integer not null,
  source_ref text,
  case_lineage uuid,
  record_lineage uuid,
  salt bytea not null check (length(salt) = 16),
  leaf bytea not null check (length(leaf) = 32),
  clearance uuid,
  check_type text,
  was_done boolean,
  was_required boolean,
  reaches text,
  checked_on date check (checked_on between '0001-01-01' and '9999-12-31'),
  result text,
  check (happened_to >= happened_from),
  check (known_on between '0001-01-01' and '9999-12-31'),
  check (happened_from between '0001-01-01' and '9999-12-31'),
  check (happened_to between '0001-01-01' and '9999-12-31'),
  check ((known_basis = 'derived') = (known_rule is not null)),
  check (change <> 'first' or not gone)
);
create index on facts.clearance_check (lineage);
create index on facts.clearance_check using brin (event_id);
create index on facts.clearance_check (record_lineage) where record_lineage is not null;
create index on facts.clearance_check (case_lineage) where case_lineage is not null;
create index on facts.clearance_check (clearance);
create trigger no_change before update or delete or truncate on facts.clearance_check for each statement execute function ledger.refuse();
create trigger note after insert on facts.clearance_check referencing new table as new_rows for each statement execute function facts.note_write();
grant insert (event_id, lineage, happened_from, happened_to, happened_basis, holder_id, source_ref, case_lineage, record_lineage, change, gone, known_on, known_basis, known_rule, salt, leaf, clearance, check_type, was_done, was_required, reaches, checked_on, result) on facts.clearance_check to onrecord_app;
grant select on facts.clearance_check to onrecord_app, onrecord_reader;

-- a case was referred to the watchdog
create table facts.referral (
  fact_id bigint primary key default nextval('facts.fact_id_seq'),
  event_id bigint not null,
  lineage uuid not null,
  change text not null check (change in ('first', 'later', 'mistake')),
  gone boolean not null default false,
  happened_from date,
  happened_to date,
  happened_basis text check (happened_basis in ('stated', 'derived', 'not_known')),
  known_on date not null,
  known_basis text not null check (known_basis in ('stated', 'derived', 'extract')),
  known_rule text,
  holder_id integer not null,
  source_ref text,
  case_lineage uuid,
  record_lineage uuid,
  salt bytea not null check (length(salt) = 16),
  leaf bytea not null check (length(leaf) = 32),
  referred_to text,
  criterion text,
  mode text,
  referred_on date check (referred_on between '0001-01-01' and '9999-12-31'),
  returned_on date check (returned_on between '0001-01-01' and '9999-12-31'),
  check (happened_to >= happened_from),
  check (known_on between '0001-01-01' and '9999-12-31'),
  check (happened_from between '0001-01-01' and '9999-12-31'),
  check (happened_to between '0001-01-01' and '9999-12-31'),
  check ((known_basis = 'derived') = (known_rule is not null)),
  check (change <> 'first' or not gone)
);
create index on facts.referral (lineage);
create index on facts.referral using brin (event_id);
create index on facts.referral (record_lineage) where record_lineage is not null;
create index on facts.referral (case_lineage) where case_lineage is not null;
create trigger no_change before update or delete or truncate on facts.referral for each statement execute function ledger.refuse();
create trigger note after insert on facts.referral referencing new table as new_rows for each statement execute function facts.note_write();
grant insert (event_id, lineage, happened_from, happened_to, happened_basis, holder_id, source_ref, case_lineage, record_lineage, change, gone, known_on, known_basis, known_rule, salt, leaf, referred_to, criterion, mode, referred_on, returned_on) on facts.referral to onrecord_app;
grant select on facts.referral to onrecord_app, onrecord_reader;

-- two person records are, or are not, one person
create table facts.identity_judgement (
  fact_id bigint primary key default nextval('facts.fact_id_seq'),
  event_id bigint not null,
  lineage uuid not null,
  change text not null check (change in ('first', 'later', 'mistake')),
  gone boolean not null default false,
  happened_from date,
  happened_to date,
  happened_basis text check (happened_basis in ('stated', 'derived', 'not_known')),
  known_on date not null,
  known_basis text not null check (known_basis in ('stated', 'derived', 'extract')),
  known_rule text,
  holder_id integer not null,
  source_ref text,
  case_lineage uuid,
  record_lineage uuid,
  salt bytea not null check (length(salt) = 16),
  leaf bytea not null check (length(leaf) = 32),
  record_a uuid,
  record_b uuid,
  judgement text check (judgement in ('not_same', 'same', 'undecided')),
  method text,
  judged_by text,
  reason text,
  check (happened_to >= happened_from),
  check (known_on between '0001-01-01' and '9999-12-31'),
  check (happened_from between '0001-01-01' and '9999-12-31'),
  check (happened_to between '0001-01-01' and '9999-12-31'),
  check ((known_basis = 'derived') = (known_rule is not null)),
  check (change <> 'first' or not gone)
);
create index on facts.identity_judgement (lineage);
create index on facts.identity_judgement using brin (event_id);
create index on facts.identity_judgement (record_lineage) where record_lineage is not null;
create index on facts.identity_judgement (case_lineage) where case_lineage is not null;
create index on facts.identity_judgement (record_a);
create index on facts.identity_judgement (record_b);
create trigger no_change before update or delete or truncate on facts.identity_judgement for each statement execute function ledger.refuse();
create trigger note after insert on facts.identity_judgement referencing new table as new_rows for each statement execute function facts.note_write();
grant insert (event_id, lineage, happened_from, happened_to, happened_basis, holder_id, source_ref, case_lineage, record_lineage, change, gone, known_on, known_basis, known_rule, salt, leaf, record_a, record_b, judgement, method, judged_by, reason) on facts.identity_judgement to onrecord_app;
grant select on facts.identity_judgement to onrecord_app, onrecord_reader;

-- two cases are, or are not, about one incident
create table facts.incident_judgement (
  fact_id bigint primary key default nextval('facts.fact_id_seq'),
  event_id bigint not null,
  lineage uuid not null,
  change text not null check (change in ('first', 'later', 'mistake')),
  gone boolean not null default false,
  happened_from date,
  happened_to date,
  happened_basis text check (happened_basis in ('stated', 'derived', 'not_known')),
  known_on date not null,
  known_basis text not null check (known_basis in ('stated', 'derived', 'extract')),
  known_rule text,
  holder_id integer not null,
  source_ref text,
  case_lineage uuid,
  record_lineage uuid,
  salt bytea not null check (length(salt) = 16),
  leaf bytea not null check (length(leaf) = 32),
  case_a uuid,
  case_b uuid,
  judgement text check (judgement in ('not_same', 'same', 'undecided')),
  method text,
  judged_by text,
  reason text,
  check (happened_to >= happened_from),
  check (known_on between '0001-01-01' and '9999-12-31'),
  check (happened_from between '0001-01-01' and '9999-12-31'),
  check (happened_to between '0001-01-01' and '9999-12-31'),
  check ((known_basis = 'derived') = (known_rule is not null)),
  check (change <> 'first' or not gone)
);
create index on facts.incident_judgement (lineage);
create index on facts.incident_judgement using brin (event_id);
create index on facts.incident_judgement (record_lineage) where record_lineage is not null;
create index on facts.incident_judgement (case_lineage) where case_lineage is not null;
create index on facts.incident_judgement (case_a);
create index on facts.incident_judgement (case_b);
create trigger no_change before update or delete or truncate on facts.incident_judgement for each statement execute function ledger.refuse();
create trigger note after insert on facts.incident_judgement referencing new table as new_rows for each statement execute function facts.note_write();
grant insert (event_id, lineage, happened_from, happened_to, happened_basis, holder_id, source_ref, case_lineage, record_lineage, change, gone, known_on, known_basis, known_rule, salt, leaf, case_a, case_b, judgement, method, judged_by, reason) on facts.incident_judgement to onrecord_app;
grant select on facts.incident_judgement to onrecord_app, onrecord_reader;

-- graded information; it makes no allegation
create table facts.intelligence_report (
  fact_id bigint primary key default nextval('facts.fact_id_seq'),
  event_id bigint not null,
  lineage uuid not null,
  change text not null check (change in ('first', 'later', 'mistake')),
  gone boolean not null default false,
  happened_from date,
  happened_to date,
  happened_basis text check (happened_basis in ('stated', 'derived', 'not_known')),
  known_on date not null,
  known_basis text not null check (known_basis in ('stated', 'derived', 'extract')),
  known_rule text,
  holder_id integer not null,
  source_ref text,
  case_lineage uuid,
  record_lineage uuid,
  salt bytea not null check (length(salt) = 16),
  leaf bytea not null check (length(leaf) = 32),
  organisation_id integer not null,
  wall smallint not null default 0,
  reference text,
  source_evaluation text,
  information_assessment text,
  handling_code text,
  handling_conditions text,
  originator text,
  body text,
  check (happened_to >= happened_from),
  check (known_on between '0001-01-01' and '9999-12-31'),
  check (happened_from between '0001-01-01' and '9999-12-31'),
  check (happened_to between '0001-01-01' and '9999-12-31'),
  check ((known_basis = 'derived') = (known_rule is not null)),
  check (change <> 'first' or not gone)
);
create index on facts.intelligence_report (lineage);
create index on facts.intelligence_report using brin (event_id);
create index on facts.intelligence_report (record_lineage) where record_lineage is not null;
create index on facts.intelligence_report (case_lineage) where case_lineage is not null;
create trigger no_change before update or delete or truncate on facts.intelligence_report for each statement execute function ledger.refuse();
create trigger note after insert on facts.intelligence_report referencing new table as new_rows for each statement execute function facts.note_write();
grant insert (event_id, lineage, happened_from, happened_to, happened_basis, holder_id, source_ref, case_lineage, record_lineage, change, gone, known_on, known_basis, known_rule, salt, leaf, organisation_id, wall, reference, source_evaluation, information_assessment, handling_code, handling_conditions, originator, body) on facts.intelligence_report to onrecord_app;

-- something on paper or in a file, described
create table facts.document (
  fact_id bigint primary key default nextval('facts.fact_id_seq'),
  event_id bigint not null,
  lineage uuid not null,
  change text not null check (change in ('first', 'later', 'mistake')),
  gone boolean not null default false,
  happened_from date,
  happened_to date,
  happened_basis text check (happened_basis in ('stated', 'derived', 'not_known')),
  known_on date not null,
  known_basis text not null check (known_basis in ('stated', 'derived', 'extract')),
  known_rule text,
  holder_id integer not null,
  source_ref text,
  case_lineage uuid,
  record_lineage uuid,
  salt bytea not null check (length(salt) = 16),
  leaf bytea not null check (length(leaf) = 32),
  organisation_id integer not null,
  wall smallint not null default 0,
  document_type text,
  reference text,
  sha256 text,
  media_type text,
  pages integer,
  received_on date check (received_on between '0001-01-01' and '9999-12-31'),
  whereabouts text,
  check (happened_to >= happened_from),
  check (known_on between '0001-01-01' and '9999-12-31'),
  check (happened_from between '0001-01-01' and '9999-12-31'),
  check (happened_to between '0001-01-01' and '9999-12-31'),
  check ((known_basis = 'derived') = (known_rule is not null)),
  check (change <> 'first' or not gone)
);
create index on facts.document (lineage);
create index on facts.document using brin (event_id);
create index on facts.document (record_lineage) where record_lineage is not null;
create index on facts.document (case_lineage) where case_lineage is not null;
create trigger no_change before update or delete or truncate on facts.document for each statement execute function ledger.refuse();
create trigger note after insert on facts.document referencing new table as new_rows for each statement execute function facts.note_write();
grant insert (event_id, lineage, happened_from, happened_to, happened_basis, holder_id, source_ref, case_lineage, record_lineage, change, gone, known_on, known_basis, known_rule, salt, leaf, organisation_id, wall, document_type, reference, sha256, media_type, pages, received_on, whereabouts) on facts.document to onrecord_app;
grant select on facts.document to onrecord_app, onrecord_reader;

-- what a source says in free text
create table facts.narrative (
  fact_id bigint primary key default nextval('facts.fact_id_seq'),
  event_id bigint not null,
  lineage uuid not null,
  change text not null check (change in ('first', 'later', 'mistake')),
  gone boolean not null default false,
  happened_from date,
  happened_to date,
  happened_basis text check (happened_basis in ('stated', 'derived', 'not_known')),
  known_on date not null,
  known_basis text not null check (known_basis in ('stated', 'derived', 'extract')),
  known_rule text,
  holder_id integer not null,
  source_ref text,
  case_lineage uuid,
  record_lineage uuid,
  salt bytea not null check (length(salt) = 16),
  leaf bytea not null check (length(leaf) = 32),
  section text,
  body text,
  redactions integer,
  check (happened_to >= happened_from),
  check (known_on between '0001-01-01' and '9999-12-31'),
  check (happened_from between '0001-01-01' and '9999-12-31'),
  check (happened_to between '0001-01-01' and '9999-12-31'),
  check ((known_basis = 'derived') = (known_rule is not null)),
  check (change <> 'first' or not gone)
);
create index on facts.narrative (lineage);
create index on facts.narrative using brin (event_id);
create index on facts.narrative (record_lineage) where record_lineage is not null;
create index on facts.narrative (case_lineage) where case_lineage is not null;
create trigger no_change before update or delete or truncate on facts.narrative for each statement execute function ledger.refuse();
create trigger note after insert on facts.narrative referencing new table as new_rows for each statement execute function facts.note_write();
grant insert (event_id, lineage, happened_from, happened_to, happened_basis, holder_id, source_ref, case_lineage, record_lineage, change, gone, known_on, known_basis, known_rule, salt, leaf, section, body, redactions) on facts.narrative to onrecord_app;
grant select on facts.narrative to onrecord_app, onrecord_reader;

-- any other dated, sourced fact
create table facts.record (
  fact_id bigint primary key default nextval('facts.fact_id_seq'),
  event_id bigint not null,
  lineage uuid not null,
  change text not null check (change in ('first', 'later', 'mistake')),
  gone boolean not null default false,
  happened_from date,
  happened_to date,
  happened_basis text check (happened_basis in ('stated', 'derived', 'not_known')),
  known_on date not null,
  known_basis text not null check (known_basis in ('stated', 'derived', 'extract')),
  known_rule text,
  holder_id integer not null,
  source_ref text,
  case_lineage uuid,
  record_lineage uuid,
  salt bytea not null check (length(salt) = 16),
  leaf bytea not null check (length(leaf) = 32),
  record_type text check (record_type in ('award', 'force_action', 'other', 'pay', 'settlement', 'training', 'use_of_force')),
  part_of uuid,
  reference text,
  code text,
  category text,
  rank text,
  unit text,
  place text,
  amount numeric(14,2),
  attributes text,
  check (happened_to >= happened_from),
  check (known_on between '0001-01-01' and '9999-12-31'),
  check (happened_from between '0001-01-01' and '9999-12-31'),
  check (happened_to between '0001-01-01' and '9999-12-31'),
  check ((known_basis = 'derived') = (known_rule is not null)),
  check (change <> 'first' or not gone)
);
create index on facts.record (lineage);
create index on facts.record using brin (event_id);
create index on facts.record (record_lineage) where record_lineage is not null;
create index on facts.record (case_lineage) where case_lineage is not null;
create trigger no_change before update or delete or truncate on facts.record for each statement execute function ledger.refuse();
create trigger note after insert on facts.record referencing new table as new_rows for each statement execute function facts.note_write();
grant insert (event_id, lineage, happened_from, happened_to, happened_basis, holder_id, source_ref, case_lineage, record_lineage, change, gone, known_on, known_basis, known_rule, salt, leaf, record_type, part_of, reference, code, category, rank, unit, place, amount, attributes) on facts.record to onrecord_app;
grant select on facts.record to onrecord_app, onrecord_reader;

-- another holder came to hold a fact
create table facts.holding (
  fact_id bigint primary key default nextval('facts.fact_id_seq'),
  event_id bigint not null,
  lineage uuid not null,
  change text not null check (change in ('first', 'later', 'mistake')),
  gone boolean not null default false,
  happened_from date,
  happened_to date,
  happened_basis text check (happened_basis in ('stated', 'derived', 'not_known')),
  known_on date not null,
  known_basis text not null check (known_basis in ('stated', 'derived', 'extract')),
  known_rule text,
  holder_id integer not null,
  source_ref text,
  case_lineage uuid,
  record_lineage uuid,
  salt bytea not null check (length(salt) = 16),
  leaf bytea not null check (length(leaf) = 32),
  held_lineage uuid,
  check (happened_to >= happened_from),
  check (known_on between '0001-01-01' and '9999-12-31'),
  check (happened_from between '0001-01-01' and '9999-12-31'),
  check (happened_to between '0001-01-01' and '9999-12-31'),
  check ((known_basis = 'derived') = (known_rule is not null)),
  check (change <> 'first' or not gone)
);
create index on facts.holding (lineage);
create index on facts.holding using brin (event_id);
create index on facts.holding (record_lineage) where record_lineage is not null;
create index on facts.holding (case_lineage) where case_lineage is not null;
create index on facts.holding (held_lineage);
create trigger no_change before update or delete or truncate on facts.holding for each statement execute function ledger.refuse();
create trigger note after insert on facts.holding referencing new table as new_rows for each statement execute function facts.note_write();
grant insert (event_id, lineage, happened_from, happened_to, happened_basis, holder_id, source_ref, case_lineage, record_lineage, change, gone, known_on, known_basis, known_rule, salt, leaf, held_lineage) on facts.holding to onrecord_app;
grant select on facts.holding to onrecord_app, onrecord_reader;

-- What a re-import compares itself with: the newest version of each thing that these
-- events wrote and that has not been undone. It returns commitments, not contents, so that
-- sealed and compartmented kinds can be re-imported by a role that cannot read them; and of
-- a sealed kind not even whom it is about. The order is that of the views.
create function facts.latest_imported(kind text, events bigint[])
returns table (lineage uuid, salt bytea, leaf bytea, change text, gone boolean, known_on date, known_basis text,
               known_rule text, holder_id integer, case_lineage uuid, record_lineage uuid)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from information_schema.tables t
                  where t.table_name = kind and t.table_schema in ('facts', 'compartment')) then
    raise exception 'no such kind of fact: %', kind;
  end if;
  return query execute format(
    'select distinct on (f.lineage) f.lineage, f.salt, f.leaf, f.change, f.gone, f.known_on, f.known_basis,
            f.known_rule, f.holder_id, %s
       from %I.%I f
       left join ledger.entry e on e.source = ''event'' and e.source_id = f.event_id
      where f.event_id = any($1)
        and not exists (select from ledger.batch_undo u where u.undone_event = f.event_id)
      order by f.lineage, f.known_on desc, e.position desc nulls first, f.event_id desc, f.fact_id desc',
    case when kind = 'intelligence_report' then 'null::uuid, null::uuid' else 'f.case_lineage, f.record_lineage' end,
    case when kind = 'party_identity' then 'compartment' else 'facts' end, kind) using events;
end $$;

-- The leaves that one event wrote, in the order in which its Merkle root took them.
create function facts.leaves_of(event bigint)
returns table (fact_id bigint, leaf bytea)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare t record;
begin
  for t in select c.relname, n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname in ('facts', 'compartment') and c.relkind = 'r' loop
    return query execute format('select f.fact_id, f.leaf from %I.%I f where f.event_id = $1',
                                t.nspname, t.relname) using event;
  end loop;
end $$;

-- Tell the planner what a big batch has put there. The application does not own the tables.
create function facts.refresh_statistics(kinds text[]) returns void language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
declare t record;
begin
  for t in select c.relname, n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname in ('facts', 'compartment') and c.relkind = 'r' and c.relname = any(kinds) loop
    execute format('analyze %I.%I', t.nspname, t.relname);
  end loop;
end $$;

revoke all on all functions in schema facts from public;
grant execute on function facts.latest_imported(text, bigint[]) to onrecord_app;
grant execute on function facts.refresh_statistics(text[]) to onrecord_app;
grant execute on function facts.leaves_of(bigint) to onrecord_app, onrecord_sequencer;
