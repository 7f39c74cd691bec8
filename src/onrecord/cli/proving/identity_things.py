"""A link between two records of a person, and a part in a case that nobody knows."""

import uuid
from typing import Any

from onrecord.cli.proving.case_things import Values, proving
from onrecord.core.kernel.ids import lineage_of, public_reference

HOLDER = "NSP:HR"


def make_link(person: uuid.UUID) -> Values:
    """Give a person a second record that was judged to be theirs, and return what stands in its address."""
    from onrecord.apps.facts.writing import append_fact
    from onrecord.apps.organisations.services import ensure_holder
    from onrecord.apps.people.services import refresh_projections
    from onrecord.core.kernel.clock import today

    twin = lineage_of(HOLDER, "person_record", f"proving {person}")
    low, high = sorted((person, twin))
    lineage = lineage_of(HOLDER, "identity_judgement", f"proving {person}")
    header: dict[str, Any] = {"holder_id": ensure_holder(HOLDER).pk, "known_on": today()}
    with proving("link") as rec:
        append_fact(rec, "person_record", {
            **header, "lineage": twin, "family_name": "Invented", "given_names": "Twin",
        })  # fmt: skip
        append_fact(rec, "identity_judgement", {
            **header, "lineage": lineage, "record_a": low, "record_b": high, "judgement": "same",
            "method": "by hand", "judged_by": "proving", "reason": "proving",
        })  # fmt: skip
    refresh_projections([rec.event_id])
    return {"reference": public_reference("L", lineage)}


def make_part(case: uuid.UUID) -> Values:
    """Name somebody in a case whose part nobody knows, and return what stands in its address."""
    from onrecord.apps.facts.writing import append_fact
    from onrecord.apps.organisations.services import ensure_holder
    from onrecord.core.kernel.clock import today

    with proving("part") as rec:
        append_fact(rec, "party_role", {
            "lineage": lineage_of(HOLDER, "party_role", f"proving {case}"), "role": "unknown",
            "holder_id": ensure_holder(HOLDER).pk, "known_on": today(), "case_lineage": case,
            "pseudonym": "Party 9",
        })  # fmt: skip
    return {"case": public_reference("C", case), "number": 1}


def make_event(case: uuid.UUID) -> Values:
    """Have a case, and another that was never opened to anybody in particular, taken for one event."""
    from onrecord.apps.facts.writing import append_fact
    from onrecord.apps.organisations.services import ensure_holder
    from onrecord.apps.people.services import refresh_projections
    from onrecord.core.kernel.clock import today

    twin = lineage_of(HOLDER, "case_reported", f"proving {case}")
    low, high = sorted((case, twin))
    lineage = lineage_of(HOLDER, "incident_judgement", f"proving {case}")
    header: dict[str, Any] = {"holder_id": ensure_holder(HOLDER).pk, "known_on": today()}
    with proving("event") as rec:
        append_fact(rec, "case_reported", {
            **header, "lineage": twin, "reference": "twin", "case_type": "crime_report",
        })  # fmt: skip
        append_fact(rec, "incident_judgement", {
            **header, "lineage": lineage, "case_a": low, "case_b": high, "judgement": "undecided",
            "method": "model incidents-1", "judged_by": "incidents-1", "reason": "proving. Together 1.0",
        })  # fmt: skip
    refresh_projections([rec.event_id])
    return {"reference": public_reference("E", lineage)}
