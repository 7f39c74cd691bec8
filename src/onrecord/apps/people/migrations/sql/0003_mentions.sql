-- Person records as linkage compares them. One without a shape is due: something of it changed.
create table projection.mention (
  record_lineage uuid primary key,
  keys bigint[],
  shaped jsonb
);
create index mention_keys on projection.mention using gin (keys) with (fastupdate = off);
create index mention_due on projection.mention (record_lineage) where shaped is null;

-- What share of all mentions have a value, for values that more than one has; the share of a value
-- that one alone has stands under the empty value.
create table projection.mention_value (
  column_name text not null,
  value text not null,
  share double precision not null,
  primary key (column_name, value)
);

-- The specification whose keys and shapes these are.
create table projection.mention_spec (name text not null);

grant select, insert, update, delete, truncate
  on projection.mention, projection.mention_value, projection.mention_spec to onrecord_app;
insert into projection.mention (record_lineage) select record_lineage from projection.person_search;
