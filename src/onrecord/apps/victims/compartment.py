"""What goes into the compartment and what comes out of it: the one place that asks for either.

The application's own role may only add. Reading takes the compartment's role, which is
used here and nowhere else, for somebody whose look is already on the ledger.
"""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, connections

from onrecord.apps.facts.reading import parameters, preamble_sql, winners_sql
from onrecord.core.conduct.complainants import Told
from onrecord.core.kernel.clock import now
from onrecord.core.kernel.kinds import KINDS
from onrecord.core.timekeeping.views import View

_SAID = ("name", "birth_year", "age_stated", "contact", "injury")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a victim, witness or reporter is, as the sources name them."""

    name: str
    birth_year: int | None
    age_stated: int | None
    contact: str
    injury: str


@dataclass(frozen=True, slots=True)
class Words:
    """Something written freely about a victim: to which entry or match, of what sort, by whom."""

    about: uuid.UUID
    label: str
    words: str
    recorded_by: str
    recorded_at: datetime


def read_identity(view: View, party: uuid.UUID) -> Identity | None:
    """Return who a party is under `view`; none where no source says."""
    kind = KINDS["party_identity"]
    sql = f"""{preamble_sql(view)} select {", ".join(f"v.{name}" for name in _SAID)}
                from ({winners_sql(kind, view, "lineage = any(%(lineages)s)")}) v"""  # noqa: S608 - names of the register
    with connections["compartment"].cursor() as cursor:
        cursor.execute(sql, parameters(view) | {"lineages": [party]})
        row = cursor.fetchone()
    if row is None:
        return None
    name, birth_year, age_stated, contact, injury = row
    return Identity(name or "", birth_year, age_stated, contact or "", injury or "")


def read_told(view: View, parties: Collection[uuid.UUID]) -> dict[uuid.UUID, Told]:
    """Return what `view` shows of who these parties are, as far as they are compared by it.

    Whom somebody's own record is of is told by that record, where it is of the workforce.
    """
    kind = KINDS["party_identity"]
    sql = f"""{preamble_sql(view)} select v.lineage, v.name, coalesce(v.birth_year, extract(year from v.known_on)::int
                - v.age_stated), v.workforce_record
                from ({winners_sql(kind, view, "lineage = any(%(lineages)s)")}) v"""  # noqa: S608 - names of the register
    with connections["compartment"].cursor() as cursor:
        cursor.execute(sql, parameters(view) | {"lineages": list(parties)})
        return {party: Told(name or "", born, own) for party, name, born, own in cursor.fetchall()}


def read_words(case: uuid.UUID, party: uuid.UUID) -> list[Words]:
    """Return everything that was written freely about a party in a case, the latest first."""
    with connections["compartment"].cursor() as cursor:
        cursor.execute(
            "select about, label, words, recorded_by, recorded_at from compartment.victim_words"
            " where case_lineage = %s and party_lineage = %s order by recorded_at desc, label",
            [case, party],
        )
        return [Words(*row) for row in cursor.fetchall()]


def keep_words(
    about: uuid.UUID, case: uuid.UUID, party: uuid.UUID, words: Mapping[str, str], by: str
) -> None:
    """Put what was written freely into the compartment; nothing outside can read it back."""
    rows = [
        (uuid.uuid4(), about, case, party, label, text, by, now()) for label, text in words.items()
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            "insert into compartment.victim_words"
            " (id, about, case_lineage, party_lineage, label, words, recorded_by, recorded_at)"
            " values (%s, %s, %s, %s, %s, %s, %s, %s)",
            rows,
        )
