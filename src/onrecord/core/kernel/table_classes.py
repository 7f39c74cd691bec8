"""What every table of the database is for, and how long what is in it is kept.

A *fact* is never changed. The *ledger* says what was done and by whom. A
*projection* holds nothing of its own and may be dropped and rebuilt. An
*account* is everything else that a person or a job changes: users, sessions,
jobs, saved definitions. A table that is not listed here breaks the build.
"""

from dataclasses import dataclass
from enum import StrEnum

from onrecord.core.kernel.kinds import KINDS


class TableClass(StrEnum):
    """What sort of thing a table holds, and so who may change it."""

    FACT = "fact"
    LEDGER = "ledger"
    PROJECTION = "projection"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Table:
    """One table's class.

    Attributes:
        table_class: what sort of thing it holds.
        retention: how long, and what ends it.
        rebuilt_by: for a projection, the command that makes it again from facts.
    """

    table_class: TableClass
    retention: str
    rebuilt_by: str = ""


_BY_DECISION = "until erased under a retention decision; a tombstone stays"
_FOR_GOOD = "as long as the installation"
_WORKING = "working state of the ledger; holds only numbers and hashes"
_REBUILD = "onrecord rebuild"


def _ledger() -> dict[str, Table]:
    kept = ("event", "consultation", "entry", "checkpoint", "batch_undo")
    working = ("stream_head", "frontier", "pending", "write_guard")
    return {f"ledger.{name}": Table(TableClass.LEDGER, _FOR_GOOD) for name in kept} | {
        f"ledger.{name}": Table(TableClass.LEDGER, _WORKING) for name in working
    }


def _projections() -> dict[str, Table]:
    names = ("person", "person_search", "case_search")
    return {
        f"projection.{name}": Table(TableClass.PROJECTION, "follows its facts", _REBUILD)
        for name in names
    }


_ACCOUNTS = {
    "access_user": "as long as the ledger names the account",
    "auth_group": _FOR_GOOD,
    "auth_group_permissions": _FOR_GOOD,
    "auth_permission": _FOR_GOOD,
    "axes_accessattempt": "until the cooling-off time has passed",
    "axes_accessattemptexpiration": "until the cooling-off time has passed",
    "axes_accessfailurelog": "one year",
    "axes_accesslog": "one year",
    "django_content_type": _FOR_GOOD,
    "django_migrations": _FOR_GOOD,
    "django_session": "until it expires",
    "intake_batch": "as long as the facts it brought in",
    "intake_pseudonymkey": "as long as the facts whose pseudonyms were made with it",
    "organisations_holder": "as long as any fact names it",
    "organisations_organisation": "as long as any holder names it",
    "procrastinate_events": "as long as the job",
    "procrastinate_jobs": "thirty days after the job has ended",
    "procrastinate_periodic_defers": "thirty days",
    "procrastinate_workers": "while the worker runs",
    "programmes_cohortdefinition": "as long as the programme",
    "programmes_cohortresult": "as long as the programme",
}

TABLES: dict[str, Table] = {
    **{kind.table: Table(TableClass.FACT, _BY_DECISION) for kind in KINDS.values()},
    **_ledger(),
    **_projections(),
    **{f"public.{name}": Table(TableClass.ACCOUNT, kept) for name, kept in _ACCOUNTS.items()},
}
"""Every table of the database by its full name."""
