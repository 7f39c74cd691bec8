"""Invented people whom two holders have on record."""

import uuid
from datetime import date

from tests.integration.linkage.names import Invention
from tests.worlds.building import BUILDER, day

from onrecord.apps.audit.services import recording
from onrecord.apps.facts.writing import append_fact
from onrecord.apps.organisations.services import ensure_holder
from onrecord.apps.people.services import rebuild_projections
from onrecord.core.kernel.ids import lineage_of
from onrecord.core.ledger.actors import Actor

PEOPLE = 160
ADA = Actor("ada", organisation_code="NSP")


def record(holder, number):
    return lineage_of(holder, "person_record", str(number))


def write_people(many=PEOPLE):
    """Write people whom two holders have, the second with a misspelling here and there."""
    drawn = Invention(3)
    with recording(BUILDER, "world:build", object_kind="world", object_ref="people", reason="a test",
                   batch=uuid.uuid4()) as rec:  # fmt: skip
        for number in range(many):
            family, given, born = drawn.name(), drawn.name(), date(*drawn.born())
            for holder in ("NSP:HR", "NSP:PSD"):
                spelt = (
                    family.replace("o", "u", 1)
                    if holder.endswith("PSD") and number % 5 == 0
                    else family
                )
                append_fact(rec, "person_record", {
                    "lineage": record(holder, number), "source_ref": str(number),
                    "holder_id": ensure_holder(holder).pk, "known_on": day("2015-01-01"),
                    "family_name": spelt, "given_names": given, "birth_date": born, "recorded_sex": "f",
                })  # fmt: skip
    rebuild_projections()
