"""Which records a run of linkage has looked at since they changed last."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """None yet, of those that are there."""

    dependencies: ClassVar = [("people", "0003_mentions")]
    operations: ClassVar = [
        migrations.RunSQL(
            "alter table projection.mention add column is_linked boolean not null default false;"
            "create index mention_not_linked on projection.mention (record_lineage) where not is_linked",
            "alter table projection.mention drop column is_linked",
        ),
    ]
