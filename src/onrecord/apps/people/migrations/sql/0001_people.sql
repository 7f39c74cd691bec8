-- Projections: they hold nothing of their own, and `onrecord rebuild` makes them anew from facts.

-- Which person each person record belongs to, today. A person is named by the lowest
-- lineage among their records.
create table projection.person (
  record_lineage uuid primary key,
  person_lineage uuid not null,
  reference text not null
);
create index person_members on projection.person (person_lineage);
create index person_reference on projection.person (reference);

-- What a person record can be found by: every name and number that any version of it carried.
create table projection.person_search (
  record_lineage uuid primary key,
  organisation_id integer not null,
  wall smallint not null,
  source_ref text,
  display_name text not null,
  names text not null,
  numbers text not null
);
-- Without fastupdate: a search would otherwise read the pending list of the last import, row by row.
create index person_search_names on projection.person_search using gin (names gin_trgm_ops) with (fastupdate = off);
create index person_search_numbers on projection.person_search using gin (numbers gin_trgm_ops) with (fastupdate = off);
create index person_search_ref on projection.person_search (lower(source_ref));

-- What a case or an incident can be found by.
create table projection.case_search (
  case_lineage uuid primary key,
  kind text not null check (kind in ('case', 'incident')),
  public_reference text not null,
  holder_reference text,
  organisation_id integer not null,
  wall smallint not null
);
create index case_search_public on projection.case_search (public_reference);
create index case_search_holder on projection.case_search (lower(holder_reference));

grant usage on schema projection to onrecord_app, onrecord_reader;
grant select, insert, update, delete, truncate on all tables in schema projection to onrecord_app;
grant select on all tables in schema projection to onrecord_reader;
