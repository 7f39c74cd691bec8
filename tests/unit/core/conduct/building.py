"""Facts for tests of conduct, in a line each."""

import itertools
import uuid
from datetime import date

from onrecord.core.kernel.facts import Fact
from onrecord.core.kernel.kinds import KINDS

_numbers = itertools.count(1)


def fact(
    kind,
    known_on="2010-01-01",
    *,
    lineage=None,
    record=None,
    case=None,
    happened=None,
    holder=1,
    **values,
):
    """Make one fact as a view would show it."""
    number = next(_numbers)
    empty = dict.fromkeys(column.name for column in KINDS[kind].columns)
    return Fact(
        kind=kind, fact_id=number, event_id=1, position=1, lineage=lineage or uuid.UUID(int=number),
        change="first", happened_from=date.fromisoformat(happened) if happened else None, happened_to=None,
        known_on=date.fromisoformat(known_on), known_basis="stated", known_rule=None, holder_id=holder,
        source_ref=None, case_lineage=case, record_lineage=record, values=empty | values,
    )  # fmt: skip
