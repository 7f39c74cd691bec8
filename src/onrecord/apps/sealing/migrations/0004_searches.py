"""Searches that reach what a seal covers, for those behind it."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    """One function; it says which searches, never what was typed."""

    dependencies: ClassVar = [
        ("sealing", "0003_whose_looks"),
        ("audit", "0004_searched"),
        ("searching", "0002_pairs"),
    ]
    operations: ClassVar = [
        migrations.RunSQL(
            (SQL / "0004_searches.sql").read_text(encoding="utf-8"),
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
