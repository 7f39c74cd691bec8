"""Row security under the fact tables: what is walled is not handed out to a read that forgot to ask."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    """The net beneath the reads, made from the register by `facts.ddl`."""

    dependencies: ClassVar = [("access", "0003_walls"), ("facts", "0001_facts")]
    operations: ClassVar = [
        migrations.RunSQL(
            (SQL / "0004_row_security.sql").read_text(encoding="utf-8"),
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
