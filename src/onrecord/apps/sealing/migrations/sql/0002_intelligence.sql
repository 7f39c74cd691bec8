-- Intelligence is read only by those let behind its wall. The application's own role cannot
-- select from the table at all; this asks, row by row, whether the eyes are behind the wall,
-- and refuses eyes other than those of the signed-in account that the connection serves.

create function facts.intelligence_seen(eyes text, records uuid[], cases uuid[], upto bigint, day date)
returns setof facts.intelligence_report
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if coalesce(nullif(current_setting('onrecord.eyes', true), ''), eyes) is distinct from eyes then
    raise insufficient_privilege using message = 'These are not the eyes of this connection.';
  end if;
  return query
    select (v.latest).* from (
      select distinct on (f.lineage) f as latest
        from facts.intelligence_report f
        join ledger.entry e on e.source = 'event' and e.source_id = f.event_id
       where f.lineage in (select c.lineage from facts.intelligence_report c
                            where c.record_lineage = any(records) or c.case_lineage = any(cases)
                               or c.lineage = any(cases))
         and e.position <= upto
         and f.event_id not in (
           select u.undone_event from ledger.batch_undo u
             join ledger.entry n on n.source = 'event' and n.source_id = u.event_id
            where n.position <= upto)
         and (day is null or f.known_on <= day)
       order by f.lineage, f.known_on desc, e.position desc, f.fact_id desc) v
     where not (v.latest).gone and public.is_behind(eyes, (v.latest).wall::bigint)
       and not exists (select from public.hidden_from(eyes) h
                        where h.lineage in ((v.latest).lineage, (v.latest).case_lineage, (v.latest).record_lineage));
end $$;

-- Which reports stand behind a wall, and whom each is about: for those behind it.
create function facts.intelligence_about(eyes text, of_wall bigint) returns table (lineage uuid, record_lineage uuid, case_lineage uuid)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if coalesce(nullif(current_setting('onrecord.eyes', true), ''), eyes) is distinct from eyes then
    raise insufficient_privilege using message = 'These are not the eyes of this connection.';
  end if;
  return query
    select distinct f.lineage, f.record_lineage, f.case_lineage from facts.intelligence_report f
     where f.wall = of_wall and public.is_behind(eyes, of_wall);
end $$;

revoke all on function facts.intelligence_seen(text, uuid[], uuid[], bigint, date),
  facts.intelligence_about(text, bigint) from public;
grant execute on function facts.intelligence_seen(text, uuid[], uuid[], bigint, date),
  facts.intelligence_about(text, bigint) to onrecord_app;
