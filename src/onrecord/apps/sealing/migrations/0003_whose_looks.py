"""Whom intelligence is about, for keeping back the looks of those behind its wall."""

from typing import ClassVar

from django.db import migrations

SQL = """
create function facts.intelligence_subjects() returns table (record_lineage uuid, case_lineage uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select distinct f.record_lineage, f.case_lineage from facts.intelligence_report f
$$;
revoke all on function facts.intelligence_subjects() from public;
grant execute on function facts.intelligence_subjects() to onrecord_app;
"""


class Migration(migrations.Migration):
    """One function; it says nothing of what any report says."""

    dependencies: ClassVar = [("sealing", "0002_intelligence")]
    operations: ClassVar = [migrations.RunSQL(SQL, reverse_sql=migrations.RunSQL.noop)]
