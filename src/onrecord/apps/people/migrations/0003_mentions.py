"""Person records in the shape in which they are compared, to be found by keys in common."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    """Every record there is has yet to be brought into that shape."""

    dependencies: ClassVar = [("people", "0002_own_references")]
    operations: ClassVar = [
        migrations.RunSQL(
            (SQL / "0003_mentions.sql").read_text(encoding="utf-8"),
            "drop table projection.mention; drop table projection.mention_value;"
            "drop table projection.mention_spec",
        ),
    ]
