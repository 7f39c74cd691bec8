"""One fact, as a view shows it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact as a view shows it: the winning version, with its header and columns."""

    kind: str
    fact_id: int
    event_id: int
    position: int
    lineage: uuid.UUID
    change: str
    happened_from: date | None
    happened_to: date | None
    known_on: date
    known_basis: str
    known_rule: str | None
    holder_id: int
    source_ref: str | None
    case_lineage: uuid.UUID | None
    record_lineage: uuid.UUID | None
    values: Mapping[str, Any]
    happened_basis: str | None = None

    def __getitem__(self, column: str) -> Any:
        """Return the value of one of the kind's columns."""
        return self.values[column]
