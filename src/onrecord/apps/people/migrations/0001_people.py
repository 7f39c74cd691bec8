"""Create the projections by which people and cases are found."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    """The projections as they stood on the first day."""

    initial = True
    dependencies: ClassVar = [("facts", "0001_facts")]
    operations: ClassVar = [
        migrations.RunSQL(
            (SQL / "0001_people.sql").read_text(encoding="utf-8"),
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
