"""The compartment beyond facts, and the guard over every table of this app."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from onrecord.apps.audit.guarding import guard

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    """Where words about victims lie; entries and matches are never changed."""

    dependencies: ClassVar = [
        ("victims", "0001_initial"),
        ("audit", "0003_acts"),
        ("facts", "0001_facts"),
    ]
    operations: ClassVar = [
        migrations.RunSQL(
            (SQL / "0002_compartment.sql").read_text(encoding="utf-8"),
            reverse_sql=migrations.RunSQL.noop,
        ),
        guard("victims_entry", is_append_only=True),
        guard("victims_match", is_append_only=True),
    ]
