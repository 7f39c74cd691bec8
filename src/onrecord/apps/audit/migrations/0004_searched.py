"""What was typed to search, where nobody who searches or runs the application can read it."""

from typing import ClassVar

from django.db import migrations

SQL = """
-- For a month, for every search alike. Read by one function alone (`sealing`), which tells those behind a
-- seal that a search reached what it covers, and never what was typed.
create table ledger.searched (
  consultation_id bigint primary key,
  at timestamptz not null default clock_timestamp(),
  words text not null
);
create index searched_at on ledger.searched (at);
grant insert (consultation_id, words) on ledger.searched to onrecord_app;

create function ledger.forget_searches() returns bigint
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  with gone as (delete from ledger.searched where at < clock_timestamp() - interval '31 days' returning 1)
  select count(*) from gone
$$;
revoke all on function ledger.forget_searches() from public;
grant execute on function ledger.forget_searches() to onrecord_app;
"""


class Migration(migrations.Migration):
    """The words of a search touch nothing else: no look, no chain and no proof has them in it."""

    dependencies: ClassVar = [("audit", "0003_acts")]
    operations: ClassVar = [migrations.RunSQL(SQL, reverse_sql=migrations.RunSQL.noop)]
