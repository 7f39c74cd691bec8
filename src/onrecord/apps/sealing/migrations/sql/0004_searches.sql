-- Searches that reach what a seal covers. Worked out when somebody behind the seal asks, so that whoever
-- searched met nothing of it; what they typed stays where it is.
create function public.searches_touching(eyes text, wall bigint) returns table (consultation_id bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with thing as materialized (
    select t.thing_kind, t.lineage from public.access_wallthing t
     where t.wall_id = wall and t.removed_at is null and public.is_behind(eyes, wall)),
  subject as materialized (
    select lineage as record from thing where thing_kind = 'person'
    union select a.record_lineage from facts.allegation a
     where a.case_lineage in (select lineage from thing where thing_kind = 'case')
    union select r.record_lineage from facts.party_role r
     where r.role = 'subject' and r.case_lineage in (select lineage from thing where thing_kind = 'case')
    union select i.record_lineage from facts.intelligence_subjects() i where wall = 1),
  fellow as materialized (
    select f.record_lineage as record from projection.person p
      join projection.person f on f.person_lineage = p.person_lineage
     where p.record_lineage in (select record from subject)
    union select record from subject where record is not null),
  typed as materialized (
    select s.consultation_id, s.words, lower(public.unaccent('public.unaccent'::regdictionary, s.words)) as plain
      from ledger.searched s where s.at >= clock_timestamp() - interval '31 days' and public.is_behind(eyes, wall))
  select t.consultation_id from typed t
   where exists (
     select from projection.person_search p join fellow f on f.record = p.record_lineage
      where public.word_similarity(t.plain, p.names) >= 0.6
         or lower(p.source_ref) in (t.plain, split_part(t.plain, ':', 3))
         or (t.plain ~ '[0-9]' and exists (
           select from regexp_split_to_table(t.plain, '\s+') w
            where w ~ '[0-9]{2}' and p.numbers like '%' || w || '%')))
      or exists (
     select from projection.person p join fellow f on f.record = p.record_lineage
      where p.reference = upper(btrim(t.words)))
      or exists (
     select from projection.case_search c join thing h on h.lineage = c.case_lineage
      where c.public_reference = upper(btrim(t.words)) or lower(c.holder_reference) = lower(btrim(t.words)))
      or exists (
     select from projection.fact_words w
      where (w.lineage in (select lineage from thing) or w.case_lineage in (select lineage from thing)
             or w.record_lineage in (select lineage from thing where thing_kind = 'person'))
        and w.words @@ websearch_to_tsquery('pg_catalog.english'::regconfig, t.words))
$$;
revoke all on function public.searches_touching(text, bigint) from public;
grant execute on function public.searches_touching(text, bigint) to onrecord_app;
