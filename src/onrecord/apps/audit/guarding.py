"""Put tables under the ledger's guard, from a migration of the app that owns them.

A guarded table refuses any change that no ledger event of the same transaction
accounts for. An append-only one refuses every change but additions.
"""

from django.db.migrations.operations import RunSQL


def guard(table: str, *, is_append_only: bool = False, key: str = "id") -> RunSQL:
    """Return the migration step that guards `public.TABLE`, whose primary key is `key`.

    The app's migration depends on `("audit", "0003_acts")`. The table also gets its
    line in `core/kernel/table_classes.py`, or the build fails.
    """
    kept = "true" if is_append_only else "false"
    return RunSQL(
        f"select ledger.guard_acts('public.{table}', '{key}', {kept})",
        reverse_sql=RunSQL.noop,
    )
