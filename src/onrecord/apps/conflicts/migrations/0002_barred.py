"""Keep whoever is in a case from it, whatever else was or was not worked out."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from onrecord.apps.audit.guarding import guard

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    """What is not there for somebody now counts their own cases."""

    dependencies: ClassVar = [
        ("conflicts", "0001_initial"),
        ("access", "0003_walls"),
        ("audit", "0003_acts"),
        ("facts", "0001_facts"),
        ("people", "0001_people"),
        ("victims", "0002_compartment"),
    ]
    operations: ClassVar = [
        migrations.RunSQL(
            (SQL / "0002_barred.sql").read_text(encoding="utf-8"),
            reverse_sql=migrations.RunSQL.noop,
        ),
        guard("conflicts_covert"),
        *(
            guard(f"conflicts_{name}", is_append_only=True)
            for name in (
                "declaration", "withdrawn", "decision", "recusal", "override", "outsidedecider",
            )
        ),
    ]  # fmt: skip
