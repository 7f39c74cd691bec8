"""Create saved cohort definitions and frozen results."""

import django.db.models.deletion
from django.db import migrations, models

import onrecord.core.kernel.clock


class Migration(migrations.Migration):
    """The first tables of this app."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="CohortDefinition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("version", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("yaml", models.TextField()),
                ("content_hash", models.CharField(max_length=64)),
                ("created_by", models.CharField(max_length=150)),
                (
                    "created_at",
                    models.DateTimeField(default=onrecord.core.kernel.clock.now, editable=False),
                ),
                ("event_id", models.BigIntegerField()),
            ],
            options={
                "ordering": ("name", "-version"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("name", "version"), name="cohort_definition_version_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CohortResult",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("snapshot_id", models.CharField(max_length=64)),
                ("position", models.BigIntegerField()),
                ("known_on", models.DateField(null=True)),
                ("hash", models.CharField(max_length=64, unique=True)),
                ("counts", models.JSONField()),
                ("created_by", models.CharField(max_length=150)),
                (
                    "created_at",
                    models.DateTimeField(default=onrecord.core.kernel.clock.now, editable=False),
                ),
                ("event_id", models.BigIntegerField()),
                (
                    "definition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="programmes.cohortdefinition",
                    ),
                ),
            ],
            options={
                "ordering": ("-created_at", "-pk"),
            },
        ),
        # Definitions and results are kept as they were made; the application only adds.
        migrations.RunSQL(
            "revoke update, delete on programmes_cohortdefinition, programmes_cohortresult from onrecord_app",
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
