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


class DataClass(StrEnum):
    """How carefully a table is to be handled (ASVS 5.0, 14.1.1)."""

    NONE = "numbers and hashes; nothing about anybody"
    OPERATIONAL = "who works here and how the installation is set"
    PERSONAL = "about people in the workforce or under review"
    PROTECTED = "about victims, witnesses and reporters"
    SEALED = "behind a wall with no shadow"


class Changes(StrEnum):
    """Who minds how a table is changed."""

    NEVER = "append-only; the database refuses the rest"
    LEDGERED = "any change needs a ledger event of the same transaction"
    FREE = "working state of a library or a job"


@dataclass(frozen=True, slots=True)
class Table:
    """One table's class.

    Attributes:
        table_class: what sort of thing it holds.
        retention: how long, and what ends it.
        data_class: how carefully it is to be handled.
        changes: who minds how it is changed.
        rebuilt_by: for a projection, the command that makes it again from facts.
    """

    table_class: TableClass
    retention: str
    data_class: DataClass
    changes: Changes
    rebuilt_by: str = ""


_BY_DECISION = "until erased under a retention decision; a tombstone stays"
_FOR_GOOD = "as long as the installation"
_WORKING = "working state of the ledger; holds only numbers and hashes"
_REBUILD = "onrecord rebuild"


def _facts() -> dict[str, Table]:
    found = {}
    for kind in KINDS.values():
        handled = DataClass.PROTECTED if kind.is_compartmented else DataClass.PERSONAL
        handled = DataClass.SEALED if kind.is_sealed else handled
        found[kind.table] = Table(TableClass.FACT, _BY_DECISION, handled, Changes.NEVER)
    return found


def _ledger() -> dict[str, Table]:
    kept = ("event", "consultation", "entry", "checkpoint", "batch_undo", "act_row")
    working = ("stream_head", "frontier", "pending", "write_guard")
    never = {
        f"ledger.{name}": Table(TableClass.LEDGER, _FOR_GOOD, DataClass.OPERATIONAL, Changes.NEVER)
        for name in kept
    }
    free = {
        f"ledger.{name}": Table(TableClass.LEDGER, _WORKING, DataClass.NONE, Changes.FREE)
        for name in working
    }
    searched = Table(TableClass.LEDGER, "thirty-one days", DataClass.SEALED, Changes.FREE)
    return never | free | {"ledger.searched": searched}


def _projections() -> dict[str, Table]:
    names = (
        "person",
        "person_search",
        "case_search",
        "fact_words",
        "mention",
        "mention_value",
        "mention_spec",
    )
    return {
        f"projection.{name}": Table(
            TableClass.PROJECTION, "follows its facts", DataClass.PERSONAL, Changes.FREE, _REBUILD
        )
        for name in names
    }


def _account(retention: str, data: DataClass, changes: Changes) -> Table:
    return Table(TableClass.ACCOUNT, retention, data, changes)


_ACCOUNT_LIFE = "as long as the ledger names the account"
_CASE_LIFE = "as long as the case or person it is about; then by retention decision"

_OURS: dict[str, tuple[str, DataClass, Changes]] = {
    "access_bar": (_CASE_LIFE, DataClass.PERSONAL, Changes.LEDGERED),
    "access_circlemember": (_CASE_LIFE, DataClass.PERSONAL, Changes.LEDGERED),
    "access_delegation": (_ACCOUNT_LIFE, DataClass.OPERATIONAL, Changes.LEDGERED),
    "access_leave": (_ACCOUNT_LIFE, DataClass.OPERATIONAL, Changes.LEDGERED),
    "access_team": (_FOR_GOOD, DataClass.OPERATIONAL, Changes.LEDGERED),
    "access_twopersonask": (_CASE_LIFE, DataClass.PERSONAL, Changes.LEDGERED),
    "access_twopersonanswer": (_CASE_LIFE, DataClass.PERSONAL, Changes.NEVER),
    "access_user": (_ACCOUNT_LIFE, DataClass.OPERATIONAL, Changes.LEDGERED),
    "access_wall": (_CASE_LIFE, DataClass.SEALED, Changes.LEDGERED),
    "access_wallmember": (_CASE_LIFE, DataClass.SEALED, Changes.LEDGERED),
    "access_wallthing": (_CASE_LIFE, DataClass.SEALED, Changes.LEDGERED),
    "access_wallholder": (_CASE_LIFE, DataClass.SEALED, Changes.LEDGERED),
    "conflicts_covert": (_CASE_LIFE, DataClass.SEALED, Changes.LEDGERED),
    "conflicts_covertchoice": (_CASE_LIFE, DataClass.SEALED, Changes.NEVER),
    "conflicts_decision": (_CASE_LIFE, DataClass.PERSONAL, Changes.NEVER),
    "conflicts_declaration": (_CASE_LIFE, DataClass.PERSONAL, Changes.NEVER),
    "conflicts_outsidedecider": (_CASE_LIFE, DataClass.PERSONAL, Changes.NEVER),
    "conflicts_override": (_CASE_LIFE, DataClass.PERSONAL, Changes.NEVER),
    "conflicts_recusal": (_CASE_LIFE, DataClass.PERSONAL, Changes.NEVER),
    "conflicts_withdrawn": (_CASE_LIFE, DataClass.PERSONAL, Changes.NEVER),
    "documents_copypage": (_CASE_LIFE, DataClass.PERSONAL, Changes.NEVER),
    "documents_document": (_CASE_LIFE, DataClass.PERSONAL, Changes.LEDGERED),
    "documents_documentstep": (_CASE_LIFE, DataClass.PERSONAL, Changes.NEVER),
    "documents_filesought": (_CASE_LIFE, DataClass.PERSONAL, Changes.LEDGERED),
    "documents_filestep": (_CASE_LIFE, DataClass.PERSONAL, Changes.NEVER),
    "documents_viewingcopy": (_CASE_LIFE, DataClass.PERSONAL, Changes.NEVER),
    "linking_contest": (_CASE_LIFE, DataClass.PERSONAL, Changes.NEVER),
    "disclosing_contest": (_CASE_LIFE, DataClass.PERSONAL, Changes.NEVER),
    "disclosing_pack": (_CASE_LIFE, DataClass.PERSONAL, Changes.NEVER),
    "disclosing_packline": (_CASE_LIFE, DataClass.PERSONAL, Changes.NEVER),
    "disclosing_packwithdrawn": (_CASE_LIFE, DataClass.PERSONAL, Changes.NEVER),
    "disclosing_servicerecorded": (_CASE_LIFE, DataClass.PERSONAL, Changes.NEVER),
    "exporting_export": (_ACCOUNT_LIFE, DataClass.PERSONAL, Changes.NEVER),
    "intake_batch": (
        "as long as the facts it brought in", DataClass.OPERATIONAL, Changes.LEDGERED,
    ),
    "intake_pseudonymkey": (
        "as long as the facts whose pseudonyms were made with it",
        DataClass.PROTECTED, Changes.LEDGERED,
    ),
    "looking_lookalert": (_ACCOUNT_LIFE, DataClass.PERSONAL, Changes.NEVER),
    "looking_lookanswer": (_ACCOUNT_LIFE, DataClass.PERSONAL, Changes.NEVER),
    "looking_looksaid": (_ACCOUNT_LIFE, DataClass.PERSONAL, Changes.NEVER),
    "organisations_holder": ("as long as any fact names it", DataClass.OPERATIONAL, Changes.LEDGERED),
    "organisations_organisation": (
        "as long as any holder names it", DataClass.OPERATIONAL, Changes.LEDGERED,
    ),
    "programmes_cohortdefinition": (
        "as long as the programme", DataClass.OPERATIONAL, Changes.LEDGERED,
    ),
    "programmes_cohortresult": ("as long as the programme", DataClass.PERSONAL, Changes.LEDGERED),
    "searching_savedsearch": (_ACCOUNT_LIFE, DataClass.PERSONAL, Changes.LEDGERED),
    "settings_settingvalue": (_FOR_GOOD, DataClass.OPERATIONAL, Changes.NEVER),
    "settings_termchange": (_FOR_GOOD, DataClass.OPERATIONAL, Changes.NEVER),
    "settings_textversion": (_FOR_GOOD, DataClass.OPERATIONAL, Changes.NEVER),
    "work_casenote": (_CASE_LIFE, DataClass.PERSONAL, Changes.NEVER),
    "work_letter": (_CASE_LIFE, DataClass.PERSONAL, Changes.NEVER),
    "work_mail": ("one year", DataClass.OPERATIONAL, Changes.LEDGERED),
    "work_mailattempt": ("one year", DataClass.OPERATIONAL, Changes.NEVER),
    "work_notice": (_CASE_LIFE, DataClass.PERSONAL, Changes.LEDGERED),
    "work_policyentry": (_CASE_LIFE, DataClass.PERSONAL, Changes.NEVER),
    "signing_in_factor": (_ACCOUNT_LIFE, DataClass.OPERATIONAL, Changes.LEDGERED),
    "signing_in_openidlink": (_ACCOUNT_LIFE, DataClass.OPERATIONAL, Changes.LEDGERED),
    "signing_in_recoverycode": (_ACCOUNT_LIFE, DataClass.OPERATIONAL, Changes.LEDGERED),
    "signing_in_servicekey": (_ACCOUNT_LIFE, DataClass.OPERATIONAL, Changes.LEDGERED),
    "signing_in_try": ("one day", DataClass.OPERATIONAL, Changes.FREE),
    "work_task": (_CASE_LIFE, DataClass.PERSONAL, Changes.LEDGERED),
    "work_taskstep": (_CASE_LIFE, DataClass.PERSONAL, Changes.NEVER),
    "sealing_alertseen": ("as long as the seal", DataClass.SEALED, Changes.NEVER),
    "sealing_development": (_CASE_LIFE, DataClass.SEALED, Changes.NEVER),
    "sealing_sealanswer": (_CASE_LIFE, DataClass.SEALED, Changes.NEVER),
    "sealing_sealquestion": (_CASE_LIFE, DataClass.SEALED, Changes.NEVER),
    "sealing_sealreview": (_CASE_LIFE, DataClass.SEALED, Changes.NEVER),
    "victims_entry": (_CASE_LIFE, DataClass.PERSONAL, Changes.NEVER),
    "victims_match": (_CASE_LIFE, DataClass.PERSONAL, Changes.NEVER),
}  # fmt: skip
"""Our own tables: how long, how carefully, and that no change of them goes unrecorded."""

_LIBRARIES = {
    "auth_group": _FOR_GOOD,
    "auth_group_permissions": _FOR_GOOD,
    "auth_permission": _FOR_GOOD,
    "django_content_type": _FOR_GOOD,
    "django_migrations": _FOR_GOOD,
    "django_session": "until it expires",
    "procrastinate_events": "as long as the job",
    "procrastinate_jobs": "thirty days after the job has ended",
    "procrastinate_periodic_defers": "thirty days",
    "procrastinate_workers": "while the worker runs",
    "signing_in_session": "until it expires",
}
"""Tables of libraries we use; nothing about a case or a subject ever stands in one."""

TABLES: dict[str, Table] = {
    **_facts(),
    **_ledger(),
    **_projections(),
    **{f"public.{name}": _account(*marks) for name, marks in _OURS.items()},
    "compartment.victim_words": _account(_CASE_LIFE, DataClass.PROTECTED, Changes.NEVER),
    **{
        f"public.{name}": _account(kept, DataClass.OPERATIONAL, Changes.FREE)
        for name, kept in _LIBRARIES.items()
    },
}
"""Every table of the database by its full name."""
