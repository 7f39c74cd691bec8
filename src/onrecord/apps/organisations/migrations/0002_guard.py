"""No organisation or source system is named or renamed without an act on the ledger."""

from typing import ClassVar

from django.db import migrations

from onrecord.apps.audit.guarding import guard


class Migration(migrations.Migration):
    """Guards the tables of this app."""

    dependencies: ClassVar = [("organisations", "0001_initial"), ("audit", "0003_acts")]
    operations: ClassVar = [guard("organisations_organisation"), guard("organisations_holder")]
