"""Let the record be verified: commitments to sealed facts, ends of streams, guards."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    """What `onrecord audit verify` and case bundles read."""

    dependencies: ClassVar = [("audit", "0001_ledger")]
    operations: ClassVar = [
        migrations.RunSQL(
            (SQL / "0002_proof.sql").read_text(encoding="utf-8"),
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
