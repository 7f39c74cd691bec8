"""Write facts for a test in a line each."""

import uuid
from datetime import date
from typing import Any

from onrecord.apps.audit.selectors import current_position
from onrecord.apps.audit.services import recording
from onrecord.apps.facts.writing import append_fact
from onrecord.apps.organisations.services import ensure_holder
from onrecord.apps.people.services import refresh_projections
from onrecord.core.kernel.ids import lineage_of
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.ledger.actors import Actor
from onrecord.core.timekeeping.views import View

BUILDER = Actor("world-builder")
REVIEWER = Viewer(
    name="a.reviewer", kind="person", organisation_code="NSP", role="review_lead",
    reason="review 2026/014", page="test",
)  # fmt: skip


def day(text: str) -> date:
    """Read an ISO date."""
    return date.fromisoformat(text)


class World:
    """Writes facts as if they had been imported from the holders it names."""

    def __init__(self) -> None:
        self.events: list[int] = []

    def add(self, kind: str, holder: str, known_on: str, **values: Any) -> uuid.UUID:
        """Write one fact under an event of its own and return its lineage."""
        holder_id = ensure_holder(
            holder, organisation_name=f"{holder.split(':', maxsplit=1)[0]} Police"
        ).pk
        with recording(
            BUILDER, "world:build", object_kind="world", object_ref=kind, reason="a test"
        ) as rec:
            lineage = append_fact(
                rec, kind, {"holder_id": holder_id, "known_on": day(known_on), **values}
            )
        self.events.append(rec.event_id)
        return lineage

    def person(self, holder: str, key: str, known_on: str, **values: Any) -> uuid.UUID:
        """Write a person record known to `holder` by `key`."""
        lineage = lineage_of(holder, "person_record", key)
        return self.add(
            "person_record", holder, known_on, lineage=lineage, source_ref=key, **values
        )

    def case(self, holder: str, key: str, known_on: str, **values: Any) -> uuid.UUID:
        """Write a case known to `holder` by `key`."""
        lineage = lineage_of(holder, "case_reported", key)
        return self.add(
            "case_reported",
            holder,
            known_on,
            lineage=lineage,
            source_ref=key,
            reference=key,
            **values,
        )

    def settle(self) -> None:
        """Bring the projections up to date with everything written."""
        refresh_projections(self.events)

    @staticmethod
    def view(on: str | None = None, **limits: Any) -> View:
        """Return a view of everything written so far."""
        return View(current_position(), on=day(on) if on else None, **limits)


def adair() -> dict[str, Any]:
    """An invented officer, two forces, three cases, one link judged late."""
    world = World()
    own = world.person(
        "NSP:HR",
        "4471",
        "2004-12-20",
        given_names="Rowan",
        family_name="Adair",
        service_number="4471",
    )
    crime = world.person("WMP:CRIME", "S-9", "2012-10-02", given_names="Rowan", family_name="Adair")
    spell = world.add("service_spell", "NSP:HR", "2004-12-20", record_lineage=own, happened_from=day("2004-12-20"),
                      employer="NSP", person_type="officer", is_service=True, rank="Constable")  # fmt: skip
    complaint = world.case("NSP:PSD", "CO/1/06", "2006-08-01", case_type="complaint")
    rude = world.add(
        "allegation",
        "NSP:PSD",
        "2006-08-01",
        case_lineage=complaint,
        record_lineage=own,
        category="Rudeness",
    )
    ended = world.add("disposition", "NSP:PSD", "2007-01-10",
                      case_lineage=complaint, record_lineage=own, allegation=rude,
                      wording="Local resolution", disposition_class="unresolved",
                      finalised_on=day("2007-01-10"))  # fmt: skip
    report = world.case("WMP:CRIME", "CR/77", "2012-10-02", case_type="crime_report")
    assault = world.add("allegation", "WMP:CRIME", "2012-10-02", case_lineage=report, record_lineage=crime,
                        category="Harassment", factors="domestic")  # fmt: skip
    clearance = world.add("clearance", "NSP:VETTING", "2020-07-14", record_lineage=own, vetting_level="RV",
                          vetting_outcome="retain", granted_on=day("2020-07-14"))  # fmt: skip
    world.add("clearance_check", "NSP:VETTING", "2020-07-14", record_lineage=own, clearance=clearance,
              check_type="national", was_done=False, was_required=True, reaches="WMP:CRIME")  # fmt: skip
    world.add("identity_judgement", "NAT:CROSSWALK", "2023-02-01", record_a=min(own, crime), record_b=max(own, crime),
              judgement="same", method="source crosswalk")  # fmt: skip
    world.settle()
    return {"world": world, "own": own, "crime": crime, "spell": spell, "complaint": complaint, "rude": rude,
            "ended": ended, "report": report, "assault": assault, "clearance": clearance}  # fmt: skip
