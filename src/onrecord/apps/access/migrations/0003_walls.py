"""What is behind a wall for somebody, and the guard over every table of this app."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from onrecord.apps.audit.guarding import guard

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    """Walls as the database asks for them; from here on no change goes unrecorded."""

    dependencies: ClassVar = [
        ("access", "0002_walls_circles_and_two_people"),
        ("audit", "0003_acts"),
    ]
    operations: ClassVar = [
        migrations.RunSQL(
            (SQL / "0003_walls.sql").read_text(encoding="utf-8"),
            reverse_sql=migrations.RunSQL.noop,
        ),
        *(
            guard(f"access_{name}")
            for name in (
                "user", "team", "delegation", "leave", "circlemember", "wall", "wallmember",
                "wallthing", "wallholder", "bar", "twopersonask",
            )
        ),
        guard("access_twopersonanswer", is_append_only=True),
    ]  # fmt: skip
