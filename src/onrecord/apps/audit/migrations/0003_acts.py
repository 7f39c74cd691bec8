"""Every change to a table of ours belongs to an act on the ledger."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    """What guards tables that are not facts; see `apps.audit.guarding`."""

    dependencies: ClassVar = [("audit", "0002_proof")]
    operations: ClassVar = [
        migrations.RunSQL(
            (SQL / "0003_acts.sql").read_text(encoding="utf-8"),
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
