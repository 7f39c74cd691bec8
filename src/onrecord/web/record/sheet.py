"""The facts of one page, found by kind, by thing and by what they point at."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from onrecord.apps.organisations.selectors import HolderRef
from onrecord.core.kernel.facts import Fact


class FactSheet:
    """What one view shows about one person, case or incident, with its holders' names."""

    def __init__(self, facts: Iterable[Fact], holders: Mapping[int, HolderRef]) -> None:
        """Keep `facts` in the order of when they happened, and then of when they were known."""
        self.facts = tuple(sorted(facts, key=_in_time))
        self.holders = holders
        self._by_kind: dict[str, list[Fact]] = defaultdict(list)
        self._by_lineage: dict[uuid.UUID, Fact] = {}
        for fact in self.facts:
            self._by_kind[fact.kind].append(fact)
            self._by_lineage[fact.lineage] = fact

    def of(self, *kinds: str) -> tuple[Fact, ...]:
        """Return the facts of these kinds, in time."""
        found = [fact for kind in kinds for fact in self._by_kind[kind]]
        return tuple(found if len(kinds) == 1 else sorted(found, key=_in_time))

    def thing(self, lineage: uuid.UUID | None) -> Fact | None:
        """Return the fact of one lineage, if this view shows it."""
        return None if lineage is None else self._by_lineage.get(lineage)

    def pointing(self, kind: str, column: str) -> dict[uuid.UUID | None, tuple[Fact, ...]]:
        """Return the facts of `kind` by what their `column` points at."""
        grouped: dict[uuid.UUID | None, list[Fact]] = defaultdict(list)
        for fact in self._by_kind[kind]:
            grouped[fact[column]].append(fact)
        return {target: tuple(found) for target, found in grouped.items()}

    def in_cases(self, kind: str) -> dict[uuid.UUID | None, tuple[Fact, ...]]:
        """Return the facts of `kind` by the case they belong to."""
        grouped: dict[uuid.UUID | None, list[Fact]] = defaultdict(list)
        for fact in self._by_kind[kind]:
            grouped[fact.case_lineage].append(fact)
        return {case: tuple(found) for case, found in grouped.items()}

    def organisation(self, fact: Fact) -> str:
        """Return the name of the organisation that holds `fact`."""
        holder = self.holders.get(fact.holder_id)
        return holder.organisation_name if holder else "Not known"

    def system(self, fact: Fact) -> str:
        """Return the name of the source system that holds `fact`."""
        holder = self.holders.get(fact.holder_id)
        return holder.system_name if holder else "system not known"


def day_of(fact: Fact) -> date:
    """Return the day on which a page puts `fact`: when it happened, else when it was known.

    Never later than it was known: an extract may carry a slip in the date of an event.
    """
    return min(fact.happened_from or fact.known_on, fact.known_on)


def _in_time(fact: Fact) -> tuple[date, date, str]:
    return day_of(fact), fact.known_on, str(fact.lineage)
