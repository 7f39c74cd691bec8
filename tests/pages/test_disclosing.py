"""Disclosure on the screen: for the handlers, for the subject, and for everybody who has nothing."""

import re

import pytest
from django.test import Client
from tests.integration.conflicts.desk import about, new_world, staff
from tests.journeys.desk import account
from tests.pages.conftest import signed_in
from tests.pages.reading import words_of

from onrecord.apps.access.models import User
from onrecord.apps.access.services import set_person_record
from onrecord.core.kernel.ids import public_reference
from onrecord.core.ledger.actors import LOCAL_OPERATOR

SERVED = {"served_on": "1 March 2018", "how": "in_person", "served_by": "PC T. Marlow"}


@pytest.fixture
def made(store):
    world = new_world()
    own, other = staff(world, "100", "200")
    case, plain = about(world, own, "CO/1"), about(world, other, "CO/2")
    world.settle()
    for name, role in (("ada", "appropriate_authority"), ("sub", "analyst"),
                       ("lee", "review_lead")):  # fmt: skip
        account(name, role=role)
    user = User.objects.get(username="sub")
    set_person_record(actor=LOCAL_OPERATOR, user=user, person_record=own, reason="a test")
    reference = public_reference("C", case)
    return {"page": f"/disclosure/cases/{reference}", "reference": reference, "sub": user.pk,
            "plain": f"/disclosure/cases/{public_reference('C', plain)}"}  # fmt: skip


def as_(name):
    return signed_in(Client(), name)


def released(made, ada, *, many=True):
    ada.post(f"{made['page']}/service/{made['sub']}", SERVED)
    form = ada.get(f"{made['page']}/release/{made['sub']}").content.decode()
    facts = re.findall(r'name="facts"[^>]* value="(\d+)"', form)
    assert len(facts) == 2
    answer = ada.post(f"{made['page']}/release/{made['sub']}",
                      {"facts": facts if many else facts[1:], "reason": "Notice was served"})  # fmt: skip
    assert answer.status_code == 302
    return re.findall(r"K-\w{5}-\w{5}-\w", words_of(ada.get(made["page"])))[0]


def test_a_case_with_nothing_served_and_one_whose_subject_has_no_account(made):
    ada = as_("ada")
    assert "No subject of this case has an account here" in words_of(ada.get(made["plain"]))
    words = words_of(ada.get(made["page"]))
    assert "Service is not recorded" in words
    assert "Nothing has been released" in words
    assert "Release facts" not in words


def test_holes_in_the_forms_are_errors_at_the_fields(made):
    ada = as_("ada")
    answer = ada.post(f"{made['page']}/service/{made['sub']}", SERVED | {"served_on": "soon"})
    assert answer.status_code == 422
    assert "Enter a day" in words_of(answer)
    early = ada.post(f"{made['page']}/service/{made['sub']}", SERVED | {"served_on": "1 May 2199"})
    assert "That day is yet to come" in words_of(early)
    ada.post(f"{made['page']}/service/{made['sub']}", SERVED)
    answer = ada.post(f"{made['page']}/release/{made['sub']}", {"reason": "r"})
    assert answer.status_code == 422
    assert "Choose at least one fact" in words_of(answer)
    answer = ada.post(f"{made['page']}/release/{made['sub']}", {"reason": "r", "facts": "999"})
    assert "Choose from the facts that are listed" in words_of(answer)


def test_the_subject_reads_what_was_released_contests_it_and_the_handlers_see_it(made):
    ada, sub = as_("ada"), as_("sub")
    assert "Nothing has been released to you" in words_of(sub.get("/my-pack/"))
    pack = released(made, ada, many=False)

    assert pack in words_of(sub.get("/my-pack/"))
    words = words_of(sub.get(f"/my-pack/{pack}"))
    assert "Rudeness" in words
    assert "The case" not in words
    assert made["reference"] not in words
    assert "Notice was served" not in words
    assert sub.get(f"/cases/{made['reference']}").status_code in {403, 404}
    contest = f"/my-pack/{pack}/1/contest"
    assert sub.post(contest, {"words": ""}).status_code == 422
    assert sub.post(contest, {"words": "I was on leave"}).status_code == 302
    assert "I was on leave" in words_of(sub.get(f"/my-pack/{pack}"))

    words = words_of(ada.get(made["page"]))
    assert "I was on leave" in words
    task = re.search(r'href="(/work/\S+T-\S+)"', ada.get(made["page"]).content.decode())
    assert "I was on leave" in words_of(ada.get(task.group(1)))


def test_everybody_else_has_nothing_in_the_same_words(made):
    ada = as_("ada")
    before = words_of(ada.get("/my-pack/"))
    pack = released(made, ada)
    assert words_of(ada.get("/my-pack/")) == before
    mine, none = ada.get(f"/my-pack/{pack}"), ada.get("/my-pack/K-00000-00000-0")
    assert mine.status_code == none.status_code == 404
    assert words_of(mine).replace(pack, "") == words_of(none).replace("K-00000-00000-0", "")
    assert ada.get(f"/my-pack/{pack}/1/contest").status_code == 404


def test_a_pack_is_taken_back(made):
    ada, sub = as_("ada"), as_("sub")
    pack = released(made, ada)
    assert ada.post(f"{made['page']}/packs/{pack}/withdraw", {"reason": ""}).status_code == 422
    ada.post(f"{made['page']}/packs/{pack}/withdraw", {"reason": "The wrong day"})
    assert "Taken back by" in words_of(ada.get(made["page"]))
    assert sub.get(f"/my-pack/{pack}").status_code == 404
    assert "Taken back" in words_of(sub.get("/my-pack/"))
    again = ada.post(f"{made['page']}/packs/{pack}/withdraw", {"reason": "Again"})
    assert "taken back before" in words_of(again)
    assert ada.get(f"{made['page']}/packs/K-00000-00000-0/withdraw").status_code == 404


def test_who_does_not_handle_disclosure_is_refused_and_somebody_no_subject_is_not_there(made):
    assert as_("lee").get(made["page"]).status_code == 403
    lee = User.objects.get(username="lee").pk
    assert as_("ada").get(f"{made['page']}/release/{lee}").status_code == 404
