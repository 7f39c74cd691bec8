-- Pairs of neighbouring words beside the words, so that a phrase is looked up and not tried out on every
-- text in which its words stand anywhere. A pair is one lexeme: `first gap second`, where the gap is 1, or
-- more where stop words stand between. A text too long for its pairs is marked instead ('...') and tried out.

create or replace function projection.words_sql(kind text, source text) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
  select format(
    'insert into projection.fact_words select n.fact_id, %L, n.lineage, n.%s, n.record_lineage, %s, %s,'
    ' n.holder_id, n.known_on, v.words || p.pairs'
    ' from (select *, concat_ws(E''\n'', %s) as all_words from %s) n'
    ' cross join lateral (select to_tsvector(''pg_catalog.english'', left(n.all_words, 300000)) as words offset 0) v'
    ' cross join lateral (select case'
    '   when bool_or(octet_length(s.lexeme) > 400) or pg_column_size(v.words) > 100000 then ''''''...''''''::tsvector'
    '   else array_to_tsvector(coalesce(array_agg(distinct s.lexeme || '' '' || s.gap || '' '' || s.following)'
    '     filter (where s.gap > 0), ''{}'')) end as pairs'
    '   from (select t.lexeme, lead(t.lexeme) over w as following, lead(a.at) over w - a.at as gap'
    '           from unnest(v.words) t cross join unnest(t.positions) a(at) window w as (order by a.at)) s) p'
    ' where n.all_words <> ''''',
    w.kind, w.case_column, w.named_a, w.named_b, w.columns, source)
    from projection.word_columns() w where w.kind = words_sql.kind
$$;

select projection.rebuild_words();
