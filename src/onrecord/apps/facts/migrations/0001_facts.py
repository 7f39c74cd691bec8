"""Create the fact store: a table for each kind, guarded and granted."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    """The kinds of fact as they stood on the first day."""

    initial = True
    dependencies: ClassVar = [("audit", "0001_ledger"), ("organisations", "0001_initial")]
    operations: ClassVar = [
        migrations.RunSQL(
            (SQL / "0001_facts.sql").read_text(encoding="utf-8"),
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
