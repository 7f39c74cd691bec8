"""A search by any reference that leads to a sealed person reaches them, not by today's alone."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

BEFORE = (Path(__file__).parent / "sql" / "0004_searches.sql").read_text(encoding="utf-8")
AFTER = BEFORE.replace("create function", "create or replace function").replace(
    "where p.reference = upper", "where p.own_reference = upper"
)


class Migration(migrations.Migration):
    """The same function, by each record's own reference."""

    dependencies: ClassVar = [
        ("sealing", "0004_searches"),
        ("people", "0002_own_references"),
    ]
    operations: ClassVar = [migrations.RunSQL(AFTER, reverse_sql=migrations.RunSQL.noop)]
