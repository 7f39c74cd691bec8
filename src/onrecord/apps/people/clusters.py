"""Which records are one person, as recorded by a ledger position."""

import uuid
from collections.abc import Sequence

from django.db import connection

from onrecord.apps.facts.reading import facts_by
from onrecord.apps.facts.seeing import seeing
from onrecord.core.conduct.judging import held
from onrecord.core.kernel.facts import Fact
from onrecord.core.timekeeping.views import View


def records_of_person(view: View, person: uuid.UUID) -> tuple[frozenset[uuid.UUID], list[Fact]]:
    """Return the records that are one person with record `person`, and the judgements that say so.

    Judgements are read at the end of the record (`design.md` §1): what could have
    been joined is asked with today's understanding of who is who. A view of an older
    ledger position uses only what was judged by then.
    """
    reach = _ever_judged_against(view, person)
    judgements = facts_by(view.at_end_of_record(), "identity_judgement", "record_a", reach)
    groups = held(judgements, "record_a", "record_b").groups([person])
    records = frozenset(record for record, group in groups.items() if group == groups[person])
    return records, [
        fact for fact in judgements if fact["record_a"] in records or fact["record_b"] in records
    ]


def _ever_judged_against(view: View, person: uuid.UUID) -> Sequence[uuid.UUID]:
    """Return every record that any version of any judgement connects, however far."""
    with seeing(view.eyes), connection.cursor() as cursor:
        cursor.execute(
            """with recursive reached(record) as (
                 select %s::uuid
                 union
                 select x.record from reached r
                   cross join lateral (
                     select record_b as record from facts.identity_judgement where record_a = r.record
                     union all
                     select record_a from facts.identity_judgement where record_b = r.record) x)
               select record from reached""",
            [person],
        )
        return [row[0] for row in cursor.fetchall()]
