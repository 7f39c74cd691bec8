"""No definition or result is kept without an act on the ledger."""

from typing import ClassVar

from django.db import migrations

from onrecord.apps.audit.guarding import guard


class Migration(migrations.Migration):
    """Guards the tables of this app."""

    dependencies: ClassVar = [("programmes", "0001_programmes"), ("audit", "0003_acts")]
    operations: ClassVar = [
        guard("programmes_cohortdefinition"),
        guard("programmes_cohortresult"),
    ]
