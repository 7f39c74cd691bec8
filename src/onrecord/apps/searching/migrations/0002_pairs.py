"""Phrases are looked up: pairs of neighbouring words stand beside the words."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    """Words of facts made anew, with their pairs."""

    dependencies: ClassVar = [("searching", "0001_words")]
    operations: ClassVar = [
        migrations.RunSQL(
            (SQL / "0002_pairs.sql").read_text(encoding="utf-8"),
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
