"""Counting what somebody is the subject of."""

import uuid

from tests.unit.core.conduct.building import fact

from onrecord.core.conduct.counting import count_subject, subject_cases

ME = uuid.UUID(int=900)
ONE, TWO, THREE, HAPPENING = (uuid.UUID(int=n) for n in (1001, 1002, 1003, 2001))


def test_two_records_of_one_incident_are_two_cases_and_one_incident():
    facts = [
        fact("allegation", record=ME, case=ONE),
        fact("allegation", record=ME, case=TWO, holder=2),
    ]

    found = count_subject(facts, {ONE: HAPPENING, TWO: HAPPENING})

    assert (found.allegations, found.cases, found.incidents, found.holders) == (2, 2, 1, 2)


def test_a_case_without_an_incident_is_its_own():
    facts = [fact("allegation", record=ME, case=ONE), fact("allegation", record=ME, case=THREE)]

    assert count_subject(facts, {ONE: HAPPENING}).incidents == 2


def test_a_case_without_an_allegation_counts_for_its_subject():
    facts = [fact("party_role", record=ME, case=ONE, role="subject")]

    found = count_subject(facts, {})

    assert (found.allegations, found.cases) == (0, 1)


def test_a_victim_is_the_subject_of_nothing():
    facts = [fact("party_role", case=case, role="victim") for case in (ONE, TWO, THREE)]

    assert subject_cases(facts) == frozenset()
    assert count_subject(facts, {}).cases == 0
