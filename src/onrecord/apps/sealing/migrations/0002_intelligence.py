"""Let intelligence be read by those behind its wall, and by nobody else."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    """The two functions through which sealed reports are read."""

    dependencies: ClassVar = [("sealing", "0001_initial"), ("facts", "0001_facts")]
    operations: ClassVar = [
        migrations.RunSQL(
            (SQL / "0002_intelligence.sql").read_text(encoding="utf-8"),
            reverse_sql=migrations.RunSQL.noop,
        )
    ]
