"""Every record's own reference is kept, so that one once given leads to a person for ever."""

from itertools import batched
from typing import Any, ClassVar

from django.db import migrations

from onrecord.core.kernel.ids import public_reference

MANY = 5_000


def fill(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 - Django hands both over
    """Work out the references of the records that are there already."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("select record_lineage from projection.person")
        records = [row[0] for row in cursor.fetchall()]
        for some in batched(records, MANY):
            cursor.execute(
                "update projection.person p set own_reference = g.reference"
                " from unnest(%s::uuid[], %s::text[]) g(record, reference)"
                " where p.record_lineage = g.record",
                [list(some), [public_reference("P", record) for record in some]],
            )


class Migration(migrations.Migration):
    """A person goes by the reference of their least record; every other one of theirs leads there."""

    dependencies: ClassVar = [("people", "0001_people")]
    operations: ClassVar = [
        migrations.RunSQL(
            "alter table projection.person add column own_reference text",
            "alter table projection.person drop column own_reference",
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunSQL(
            "alter table projection.person alter column own_reference set not null;"
            "create index person_own_reference on projection.person (own_reference);"
            "drop index projection.person_reference",
            migrations.RunSQL.noop,
        ),
    ]
