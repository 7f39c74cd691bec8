"""No batch is noted or changed without an act on the ledger."""

from typing import ClassVar

from django.db import migrations

from onrecord.apps.audit.guarding import guard


class Migration(migrations.Migration):
    """Guards the tables of this app."""

    dependencies: ClassVar = [("intake", "0001_initial"), ("audit", "0003_acts")]
    operations: ClassVar = [
        guard("intake_batch", key="batch_id"),
        guard("intake_pseudonymkey", key="only_row"),
    ]
