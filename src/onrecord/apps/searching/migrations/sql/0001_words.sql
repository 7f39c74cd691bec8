-- Words of facts, stemmed, beside the facts: a projection, which `onrecord rebuild` makes anew.
-- No names, no pseudonyms, nothing of the compartment and nothing of a sealed kind is in it, and
-- of what it has only stems and places: an excerpt is made from the fact, after the view has been asked.

create table projection.fact_words (
  fact_id bigint primary key,
  kind text not null,
  lineage uuid not null,
  case_lineage uuid,
  record_lineage uuid,
  named_a uuid,
  named_b uuid,
  holder_id integer not null,
  known_on date not null,
  words tsvector not null
);
create index fact_words_words on projection.fact_words using gin (words) with (fastupdate = off);

-- Which columns of which kind hold words; which column says whose case it is; what else it names.
create function projection.word_columns()
returns table (kind text, columns text, case_column text, named_a text, named_b text)
language sql immutable set search_path = pg_catalog, pg_temp as $$
  values
    ('narrative', 'body', 'case_lineage', 'null::uuid', 'null::uuid'),
    ('allegation', 'category, category_group, subject_note', 'case_lineage', 'null::uuid', 'null::uuid'),
    ('disposition', 'wording, outcome, recommended_wording, recommended_outcome', 'case_lineage', 'allegation', 'null::uuid'),
    ('case_reported', 'category', 'lineage', 'null::uuid', 'null::uuid'),
    ('case_finalised', 'result', 'case_lineage', 'null::uuid', 'null::uuid'),
    ('reported_decision', 'decision, reasons', 'case_lineage', 'maker_record', 'allegation'),
    ('duty_status_spell', 'ground, terms', 'case_lineage', 'null::uuid', 'null::uuid'),
    ('record', 'category', 'case_lineage', 'part_of', 'null::uuid')
$$;

create function projection.words_sql(kind text, source text) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
  select format(
    'insert into projection.fact_words select n.fact_id, %L, n.lineage, n.%s, n.record_lineage, %s, %s,'
    ' n.holder_id, n.known_on, to_tsvector(''pg_catalog.english'', n.all_words)'
    ' from (select *, concat_ws(E''\n'', %s) as all_words from %s) n where n.all_words <> ''''',
    w.kind, w.case_column, w.named_a, w.named_b, w.columns, source)
    from projection.word_columns() w where w.kind = words_sql.kind
$$;

-- The table is the owner's to write: an account of the application cannot make a fact findable
-- under words that are not its own.
create function projection.keep_words() returns trigger language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
begin
  execute projection.words_sql(tg_table_name, 'new_rows');
  return null;
end $$;

create function projection.rebuild_words() returns bigint language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
declare each text;
begin
  delete from projection.fact_words;
  for each in select w.kind from projection.word_columns() w loop
    execute projection.words_sql(each, 'facts.' || each);
  end loop;
  return (select count(*) from projection.fact_words);
end $$;

do $$
declare each text;
begin
  for each in select w.kind from projection.word_columns() w loop
    execute format(
      'create trigger words after insert on facts.%I referencing new table as new_rows'
      ' for each statement execute function projection.keep_words()', each);
  end loop;
end $$;

select projection.rebuild_words();

revoke all on function projection.keep_words(), projection.rebuild_words(), projection.words_sql(text, text) from public;
grant execute on function projection.rebuild_words() to onrecord_app;
grant select on projection.fact_words to onrecord_app, onrecord_reader;
