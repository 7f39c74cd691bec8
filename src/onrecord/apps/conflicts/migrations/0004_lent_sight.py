"""What was lent lets nobody see what its giver may not see."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    """Bars and own cases of a giver hold for whoever sees by their delegation."""

    dependencies: ClassVar = [
        ("access", "0005_delegations_in_part"),
        ("conflicts", "0003_plans_and_choices"),
    ]
    operations: ClassVar = [
        migrations.RunSQL(
            (SQL / "0004_lent_sight.sql").read_text(encoding="utf-8"),
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
