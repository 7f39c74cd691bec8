"""Circles: nobody, one, many; let in past no tie, put out at once; not there for whom it is hidden."""

import pytest
from django.test import Client
from tests.integration.work.desk import bar, wall_around
from tests.journeys.desk import account
from tests.pages.conftest import signed_in
from tests.pages.reading import reference_of, table, words_of
from tests.stores import acting
from tests.worlds.screens import rowan

from onrecord.apps.access.models import CircleMember, User
from onrecord.core.kernel.ids import public_reference

NOW, PAST = "Who works on it now", "Who no longer does"


@pytest.fixture
def made(reviewer):
    account("i.vestigator", role="investigator")
    return rowan()


@pytest.fixture
def case(made):
    return public_reference("C", made["report"])


def let_in(client, reference, **changed):
    usual = {"who": "i.vestigator", "part": "investigator", "reason": "On duty that night's desk."}
    return client.post(f"/circles/{reference}/let-in", usual | changed)


@pytest.mark.parametrize("kind", ["case", "person"])
def test_somebody_is_let_in_sees_it_and_is_put_out(reviewer, made, case, kind):
    reference = case if kind == "case" else reference_of(made["own"])
    theirs = signed_in(Client(), "i.vestigator")
    path = f"/{'cases' if kind == 'case' else 'people'}/{reference}"
    assert "Nobody works on it yet." in words_of(reviewer.get(f"/circles/{reference}"))
    assert theirs.get(path).status_code == 404

    answer = let_in(reviewer, reference)
    assert answer.status_code == 302, words_of(answer)
    (row,) = table(reviewer.get(f"/circles/{reference}"), NOW)
    assert "On duty that night's desk." in row[4]
    assert theirs.get(path).status_code == 200

    number = CircleMember.objects.get().pk
    assert reviewer.post(f"/circles/{reference}/{number}/put-out", {}).status_code == 422
    out = reviewer.post(f"/circles/{reference}/{number}/put-out", {"reason": "Moved on."})
    assert out.status_code == 302
    assert theirs.get(path).status_code == 404
    assert len(table(reviewer.get(f"/circles/{reference}"), PAST)) == 1
    again = reviewer.post(f"/circles/{reference}/{number}/put-out", {"reason": "Again."})
    assert again.status_code == 404


def test_the_page_is_linked_from_the_case_and_the_person(reviewer, made, case):
    assert f"/circles/{case}" in reviewer.get(f"/cases/{case}").content.decode()
    person = reference_of(made["own"])
    assert f"/circles/{person}" in reviewer.get(f"/people/{person}").content.decode()


def test_many_are_listed_and_the_same_part_is_given_once(reviewer, case):
    for number in range(12):
        account(f"c.olleague{number}", role="investigator")
        assert let_in(reviewer, case, who=f"c.olleague{number}").status_code == 302
    assert len(table(reviewer.get(f"/circles/{case}"), NOW)) == 12
    twice = let_in(reviewer, case, who="c.olleague3")
    assert twice.status_code == 422
    assert "They have that part already" in words_of(twice)


def test_what_is_left_out_is_said_at_its_field(reviewer, case):
    holes = let_in(reviewer, case, who="", part="", reason=" ")
    assert holes.status_code == 422
    for said in ("Choose a colleague", "Choose their part", "Say why"):
        assert said in words_of(holes)


def test_nobody_is_let_in_to_what_they_are_kept_from(reviewer, made, case):
    person = reference_of(made["own"])
    with acting():
        User.objects.filter(username="i.vestigator").update(person_record=made["own"])
    own = let_in(reviewer, person)
    assert own.status_code == 422
    assert "They may not work about this person" in words_of(own)
    bar("i.vestigator", made["report"])
    barred = let_in(reviewer, case)
    assert barred.status_code == 422
    assert not CircleMember.objects.exists()


def test_what_is_sealed_has_no_circle_for_those_outside(reviewer, made, case):
    wall_around(made["report"])
    missing = reviewer.get("/circles/C-00000-00000-0")
    sealed = reviewer.get(f"/circles/{case}")
    assert sealed.status_code == missing.status_code == 404
    assert words_of(sealed) == words_of(missing)
    assert let_in(reviewer, case).status_code == 404


def test_an_investigator_sees_the_circle_of_their_own_case_and_changes_none(reviewer, case):
    let_in(reviewer, case)
    theirs = signed_in(Client(), "i.vestigator")
    page = theirs.get(f"/circles/{case}")
    assert page.status_code == 200
    assert "Let somebody in" not in words_of(page)
    assert let_in(theirs, case).status_code == 403


def test_an_administrator_sees_no_circle(administrator, made, case):
    assert administrator.get(f"/circles/{case}").status_code == 403
