from django.db import migrations, models

import onrecord.core.kernel.clock
from onrecord.apps.audit.guarding import guard


class Migration(migrations.Migration):
    initial = True

    dependencies = [("audit", "0003_acts"), ("facts", "0001_facts")]

    operations = [
        migrations.CreateModel(
            name="Contest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("judgement_lineage", models.UUIDField(db_index=True)),
                ("reason", models.TextField()),
                ("contested_by", models.CharField(max_length=150)),
                ("position", models.BigIntegerField()),
                ("at", models.DateTimeField(default=onrecord.core.kernel.clock.now)),
            ],
            options={"ordering": ("at", "pk")},
        ),
        guard("linking_contest", is_append_only=True),
        migrations.RunSQL(
            "create index identity_judgement_undecided on facts.identity_judgement (lineage)"
            " where judgement = 'undecided';"
            "create index identity_judgement_by_hand on facts.identity_judgement (lineage)"
            " where method in ('by hand', 'second reading')",
            "drop index facts.identity_judgement_undecided;"
            "drop index facts.identity_judgement_by_hand",
        ),
    ]
