"""Who somebody was on a day."""

import uuid
from datetime import date

from tests.unit.core.conduct.building import fact

from onrecord.core.conduct.standing import standing

HR, CRIME = uuid.UUID(int=901), uuid.UUID(int=902)


def _record(lineage, **names):
    return fact("person_record", lineage=lineage, **names)


def test_the_name_is_as_their_employer_writes_it():
    facts = [
        _record(CRIME, given_names="R", family_name="Adaire", birth_year=1980, recorded_sex="F"),
        _record(HR, given_names="Rowan", family_name="Adair"),
        fact("service_spell", record=HR, is_service=True, happened="2004-12-20"),
    ]

    found = standing(facts)

    assert found.name == "Rowan Adair"
    assert found.names == ("R Adaire",)
    assert found.serving_since == date(2004, 12, 20)


def test_without_service_the_record_that_says_most_leads():
    facts = [
        _record(HR, family_name="Adair"),
        _record(CRIME, given_names="Rowan", family_name="Adair", birth_year=1980),
    ]

    assert standing(facts).name == "Rowan Adair"


def test_the_posting_is_not_taken_for_membership():
    facts = [
        fact("service_spell", record=HR, is_service=True, happened="2004-12-20", rank="Constable"),
        fact(
            "service_spell",
            record=HR,
            is_service=False,
            happened="2012-09-01",
            unit="Public protection",
        ),
    ]

    found = standing(facts)

    assert found.spell["rank"] == "Constable"
    assert found.posting["unit"] == "Public protection"


def test_a_leaving_that_is_known_is_shown_and_one_that_is_not_is_not():
    spell = fact("service_spell", record=HR, is_service=True, happened="2004-12-20")
    end = fact(
        "spell_end",
        record=HR,
        spell=spell.lineage,
        ended_on=date(2011, 3, 4),
        spell_ending="left_resigned",
    )

    assert standing([spell]).left_on is None
    assert standing([spell, end]).left_on == date(2011, 3, 4)
    assert standing([spell, end]).left_how == "left_resigned"


def test_somebody_of_whom_nothing_is_known_has_no_name():
    found = standing([])

    assert (found.name, found.names, found.spell, found.serving_since) == ("", (), None, None)
