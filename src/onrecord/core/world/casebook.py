"""One shape for every case in the world, whoever holds it.

`Casebook` collects cases, allegations and roles from all registers and told
stories, as columns that a layout or the oracle can select from. Nothing in it
is a file yet, and nothing in it is what an importer will see.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from onrecord.core.world.streams import NO_DAY, Columns

CASE_COLUMNS: dict[str, Any] = {
    "org": None,
    "system": None,
    "ref": None,
    "case_type": None,
    "category": None,
    "incident": None,
    "occurred": NO_DAY,
    "reported": NO_DAY,
    "recorded": NO_DAY,
    "finalised": NO_DAY,
    "result": None,
    "reported_by": None,
    "narrative": None,
    "same_as_system": None,
    "same_as_ref": None,
    "arose_system": None,
    "arose_ref": None,
}
ALLEGATION_COLUMNS: dict[str, Any] = {
    "org": None,
    "system": None,
    "ref": None,
    "number": 1,
    "person": -1,
    "category": None,
    "wording": None,
    "result": None,
    "sanction": None,
    "era": None,
    "victim_position": None,
    "withdrawn_on": NO_DAY,
    "maker_post": None,
    "maker_hr_no": None,
}
ROLE_COLUMNS: dict[str, Any] = {
    "org": None,
    "system": None,
    "ref": None,
    "number": 1,
    "role": "victim",
    "person": -1,
    "name": None,
    "birth_year": 0,
    "sex": None,
    "relationship": None,
    "aggressor": None,
}
NOTICE_COLUMNS: dict[str, Any] = {
    "from_org": None,
    "from_system": None,
    "ref": None,
    "to_org": None,
    "was_made": True,
    "notified": NO_DAY,
    "channel": None,
}
DUTY_COLUMNS: dict[str, Any] = {
    "person": -1,
    "ref": None,
    "status": "restricted",
    "ground": None,
    "terms": None,
    "authorised_by": None,
    "began": NO_DAY,
    "ended": NO_DAY,
    "next_review": NO_DAY,
}
CLEARANCE_COLUMNS: dict[str, Any] = {
    "person": -1,
    "level": "RV",
    "outcome": "retain",
    "granted": NO_DAY,
    "expires": NO_DAY,
    "decided_by": None,
    "checks": None,
}
DECISION_COLUMNS: dict[str, Any] = {
    "org": None,
    "system": None,
    "ref": None,
    "decision_type": None,
    "decision": None,
    "decided": NO_DAY,
    "maker_post": None,
    "maker_hr_no": None,
    "maker_name": None,
    "reasons": None,
}
REFERRAL_COLUMNS: dict[str, Any] = {
    "ref": None,
    "criterion": None,
    "mode": "local",
    "referred": NO_DAY,
    "returned": NO_DAY,
}
INTELLIGENCE_COLUMNS: dict[str, Any] = {
    "ref": None,
    "person": -1,
    "received": NO_DAY,
    "evaluation": None,
    "assessment": None,
    "handling": None,
    "conditions": None,
    "originator": None,
    "body": None,
}
DOCUMENT_COLUMNS: dict[str, Any] = {
    "ref": None,
    "number": 1,
    "document_type": None,
    "pages": 0,
    "received": NO_DAY,
    "whereabouts": None,
}

SHAPES: dict[str, dict[str, Any]] = {
    "cases": CASE_COLUMNS,
    "allegations": ALLEGATION_COLUMNS,
    "roles": ROLE_COLUMNS,
    "notices": NOTICE_COLUMNS,
    "duty": DUTY_COLUMNS,
    "clearances": CLEARANCE_COLUMNS,
    "decisions": DECISION_COLUMNS,
    "referrals": REFERRAL_COLUMNS,
    "intelligence": INTELLIGENCE_COLUMNS,
    "documents": DOCUMENT_COLUMNS,
}
"""Every table of the casebook: its columns, with what each holds unless told otherwise."""


@dataclass(slots=True)
class Casebook:
    """Every case of the world and what belongs to it, gathered piece by piece."""

    pieces: dict[str, list[Columns]] = field(default_factory=lambda: {name: [] for name in SHAPES})

    def add(self, table: str, columns: Columns) -> None:
        """Add rows to a table; columns left out hold what the shape says."""
        size = len(next(iter(columns.values())))
        filled = {
            name: columns.get(name, _filled(unless, size)) for name, unless in SHAPES[table].items()
        }
        self.pieces[table].append(filled)

    def tell(self, table: str, **values: Any) -> None:
        """Add one row, value by value: how stories are told."""
        row = {}
        for name, value in values.items():
            row[name] = _filled(SHAPES[table][name], 1)
            row[name][0] = value
        self.add(table, row)

    def gathered(self, table: str) -> Columns:
        """Return all rows of a table as columns."""
        pieces = self.pieces[table] or [{n: _filled(u, 0) for n, u in SHAPES[table].items()}]
        return {name: np.concatenate([piece[name] for piece in pieces]) for name in SHAPES[table]}


def _filled(value: Any, size: int) -> np.ndarray:
    if value is None or isinstance(value, str):
        return np.full(size, value, dtype=object)
    return np.full(size, value)


def as_arrow(columns: Columns) -> pa.Table:
    """Return columns as an Arrow table: missing dates and texts become nulls."""
    return pa.table({name: _arrow(column) for name, column in columns.items()})


def _arrow(column: np.ndarray) -> pa.Array:
    if column.dtype == object:
        return pa.array(column, type=pa.string())
    if column.dtype.kind == "M":
        return pa.array(column.astype("datetime64[D]"), type=pa.date32())
    return pa.array(column)
