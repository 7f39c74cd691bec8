"""A link between two records of a person, a role that nobody knows, and two cases of one incident."""

import uuid
from typing import Any

from onrecord.cli.proving.case_things import Values, proving
from onrecord.core.kernel.ids import lineage_of, public_reference

HOLDER = "NSP:HR"


def make_link(person: uuid.UUID) -> Values:
    """Give a person a second record that was judged to be theirs, and return what stands in its address."""
    from onrecord.apps.facts.writing import append_fact
    from onrecord.apps.people.services import refresh_projections

    twin = lineage_of(HOLDER, "person_record", f"proving {person}")
    low, high = sorted((person, twin))
    lineage = lineage_of(HOLDER, "identity_judgement", f"proving {person}")
    with proving("link") as rec:
        append_fact(rec, "person_record", {
            **_header(), "lineage": twin, "family_name": "Invented", "given_names": "Twin",
        })  # fmt: skip
        append_fact(rec, "identity_judgement", {
            **_header(), "lineage": lineage, "record_a": low, "record_b": high, "judgement": "same",
            "method": "by hand", "judged_by": "proving", "reason": "proving",
        })  # fmt: skip
    refresh_projections([rec.event_id])
    return {"reference": public_reference("L", lineage)}


def make_unknown_role(case: uuid.UUID) -> Values:
    """Name somebody in a case whose role nobody knows, and return what stands in its address."""
    from onrecord.apps.facts.writing import append_fact

    lineage = lineage_of(HOLDER, "party_role", f"proving {case}")
    with proving("unknown role") as rec:
        append_fact(rec, "party_role", {
            **_header(), "lineage": lineage, "role": "unknown", "case_lineage": case,
            "pseudonym": "Party 9",
        })  # fmt: skip
    return {"reference": public_reference("R", lineage)}


def make_two_cases(case: uuid.UUID) -> Values:
    """Have a case, and another that the same people work on, taken for one incident."""
    from onrecord.apps.facts.writing import append_fact
    from onrecord.apps.people.services import refresh_projections

    twin = lineage_of(HOLDER, "case_reported", f"proving {case}")
    low, high = sorted((case, twin))
    lineage = lineage_of(HOLDER, "incident_judgement", f"proving {case}")
    with proving("two cases") as rec:
        append_fact(rec, "case_reported", {
            **_header(), "lineage": twin, "reference": "twin", "case_type": "crime_report",
        })  # fmt: skip
        append_fact(rec, "incident_judgement", {
            **_header(), "lineage": lineage, "case_a": low, "case_b": high, "judgement": "undecided",
            "method": "model incidents-1", "judged_by": "incidents-1", "reason": "proving. Together 1.0",
        })  # fmt: skip
        _let_in_as(case, twin)
    refresh_projections([rec.event_id])
    return {"reference": public_reference("J", lineage)}


def _let_in_as(case: uuid.UUID, twin: uuid.UUID) -> None:
    """Let everybody work on the second case who works on the first: two are judged by whoever reaches both."""
    from onrecord.apps.access.models import CircleMember

    for member in CircleMember.objects.filter(thing_kind="case", lineage=case, ended_at=None):
        CircleMember.objects.create(
            user_id=member.user_id, thing_kind="case", lineage=twin, part=member.part,
            added_by="proving", reason="proving",
        )  # fmt: skip


def _header() -> dict[str, Any]:
    from onrecord.apps.organisations.services import ensure_holder
    from onrecord.core.kernel.clock import today

    return {"holder_id": ensure_holder(HOLDER).pk, "known_on": today()}
