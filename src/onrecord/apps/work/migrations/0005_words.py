"""What is written with cases and tasks, found by its words."""

from typing import ClassVar

from django.db import migrations

SQL = """
create index work_casenote_words on work_casenote using gin (to_tsvector('english'::regconfig, words));
create index work_letter_words on work_letter using gin
  (to_tsvector('english'::regconfig, correspondent || ' ' || subject || ' ' || words));
create index work_policyentry_words on work_policyentry using gin
  (to_tsvector('english'::regconfig, decision || ' ' || options_rejected || ' ' || reasons || ' ' || advice_taken));
create index work_task_words on work_task using gin (to_tsvector('english'::regconfig, title));
create index work_taskstep_words on work_taskstep using gin (to_tsvector('english'::regconfig, reason));
"""


class Migration(migrations.Migration):
    """Indexes alone; `work.searching` asks with the same expressions."""

    dependencies: ClassVar = [("work", "0004_kinds")]
    operations: ClassVar = [migrations.RunSQL(SQL, reverse_sql=migrations.RunSQL.noop)]
