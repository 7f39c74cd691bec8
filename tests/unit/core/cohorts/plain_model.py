"""A cohort worked out one item at a time, so plainly that it is plainly right."""

from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from onrecord.core.cohorts.definition import Definition
from onrecord.core.timekeeping.views import View
from unit.core.cohorts.small_worlds import HOLDERS, SmallWorld

type Row = dict[str, Any]
_SYSTEMS = {number: code for code, number in HOLDERS.items()}


class PlainModel:
    """Reads the rows of a small world; each thing has one version, so a view is a date."""

    def __init__(self, world: SmallWorld, view: View | None) -> None:
        self.all = world.rows
        on = view.on if view else None
        self.rows = {
            kind: [row for row in rows if on is None or row["known_on"] <= on]
            for kind, rows in world.rows.items()
        }

    def of(self, kind: str) -> list[Row]:
        return self.rows.get(kind, [])

    def person_of(self, record: UUID | None) -> UUID | None:
        return record and min(self._joined(record, "identity_judgement", "record_a", "record_b"))

    def _joined(self, start: UUID, kind: str, left: str, right: str) -> set[UUID]:
        found, waiting = {start}, [start]
        while waiting:
            here = waiting.pop()
            for row in self.all.get(kind, []):
                pair = {row[left], row[right]}
                if row["judgement"] == "same" and here in pair:
                    waiting += pair - found
                    found |= pair
        return found

    def judged(self, definition: Definition) -> dict[tuple[UUID | None, UUID], list[str]]:
        """Return every item of the universe with all the reasons it is out for."""
        items: dict[tuple[UUID | None, UUID], list[Row]] = defaultdict(list)
        wanted = set(definition.allegations[0].factors)
        for row in self.of("allegation"):
            if wanted & set((row["factors"] or "").split(",")):
                items[self.person_of(row["record_lineage"]), row["case_lineage"]].append(row)
        return {key: self._reasons(definition, *key, rows) for key, rows in items.items()}

    def _reasons(
        self, definition: Definition, person: UUID | None, case: UUID, alleged: list[Row]
    ) -> list[str]:
        found = [] if person else ["subject-not-identified"]
        reported = next(row for row in self.of("case_reported") if row["lineage"] == case)
        closings = [r for r in self.of("case_finalised") if r["case_lineage"] == case]
        ends = {row["lineage"]: self._dispositions(row["lineage"]) for row in alleged}
        disposed = all(any(d["disposition_class"] != "open" for d in ds) for ds in ends.values())
        dates = [row["finalised_on"] for row in closings]
        when = max(dates) if dates else None
        if not closings and not disposed:
            found.append("not-completed")
        elif when is None:
            found.append("date-not-known")
        if when and not definition.period.from_ <= when <= definition.period.to:
            found.append("outside-dates")
        organisation = _SYSTEMS[reported["holder_id"]].split(":")[0]
        if definition.held_by and organisation not in definition.held_by:
            found.append("held-elsewhere")
        found += self._service(definition, person) if person else []
        outcomes = {d["outcome"] for ds in ends.values() for d in ds}
        on = definition.serving_on.date
        dismissed = person and any(
            end["spell_ending"] == "left_dismissed" and end["ended_on"] <= on
            for _, end in self._spells(definition, person)
            if end
        )
        if dismissed or outcomes & set(definition.not_dismissed.outcomes):
            found.append("dismissed")
        return found

    def _service(self, definition: Definition, person: UUID) -> list[str]:
        on = definition.serving_on.date
        spells = self._spells(definition, person)
        if not spells:
            return ["no-service-record"]
        if any(s["happened_from"] <= on and not (e and e["ended_on"] <= on) for s, e in spells):
            return []
        return (
            ["left"] if any(e and e["ended_on"] <= on for _, e in spells) else ["not-yet-serving"]
        )

    def _spells(self, definition: Definition, person: UUID) -> list[tuple[Row, Row | None]]:
        ends = {row["spell"]: row for row in self.of("spell_end")}
        return [
            (row, ends.get(row["lineage"]))
            for row in self.of("service_spell")
            if row["is_service"]
            and row["employer"] in definition.serving_on.organisations
            and self.person_of(row["record_lineage"]) == person
        ]

    def _dispositions(self, allegation: UUID) -> list[Row]:
        return [row for row in self.of("disposition") if row["allegation"] == allegation]


def any_day(rnd: Any) -> date:
    """Draw a day from 1998 to 2025."""
    return date(rnd.randint(1998, 2025), rnd.randint(1, 12), rnd.randint(1, 28))
