"""Create the projection by which words of facts are found, and fill it."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    """Words of facts, kept by a trigger of each table that has any."""

    initial = True
    dependencies: ClassVar = [("facts", "0001_facts"), ("people", "0001_people")]
    operations: ClassVar = [
        migrations.RunSQL(
            (SQL / "0001_words.sql").read_text(encoding="utf-8"),
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
