"""Conflicts on the screen: mine; nobody, one and many in a case; errors; and nothing for the barred."""

import re

import pytest
from django.test import Client
from tests.integration.conflicts.desk import about, new_world, staff, unit
from tests.journeys.desk import account
from tests.pages.conftest import signed_in
from tests.pages.reading import words_of
from tests.stores import acting

from onrecord.apps.access.models import User
from onrecord.apps.access.services import set_person_record
from onrecord.apps.conflicts.models import Covert
from onrecord.core.kernel.clock import today
from onrecord.core.kernel.ids import public_reference
from onrecord.core.ledger.actors import LOCAL_OPERATOR

TIE = {"tie": "social", "words": "We were at school", "from_on": "1 September 1999"}


@pytest.fixture
def made(store):
    """A case; ina shared the subject's unit; sub is its subject; ada, ben and cai decide."""
    world = new_world()
    subject, colleague = staff(world, "100", "200")
    for record in (subject, colleague):
        unit(world, record)
    case = about(world, subject, "CO/1")
    world.settle()
    for name in ("ada", "ben", "cai"):
        account(name, role="appropriate_authority")
    account("ina", role="investigator")
    account("sub", role="appropriate_authority")
    for name, record in (("ina", colleague), ("sub", subject)):
        user = User.objects.get(username=name)
        set_person_record(actor=LOCAL_OPERATOR, user=user, person_record=record, reason="a test")
    with acting():
        for user in User.objects.all():
            user.display_name = user.username.title()
            user.save(update_fields=["display_name"])
    reference = public_reference("C", case)
    return {"reference": reference, "page": f"/conflicts/cases/{reference}",
            "person": public_reference("P", subject),
            "ina": User.objects.get(username="ina").pk}  # fmt: skip


def as_(name):
    return signed_in(Client(), name)


def in_four_days():
    day = today().toordinal() + 4
    return type(today()).fromordinal(day).isoformat()


def test_nothing_declared_reads_so_and_a_tie_is_declared_and_taken_back(made):
    ada = as_("ada")
    assert "You have declared nothing so far" in words_of(ada.get("/conflicts/"))
    assert ada.post("/conflicts/", TIE | {"person": made["person"]}).status_code == 302
    words = words_of(ada.get("/conflicts/"))
    assert "We were at school" in words
    assert "from 1 September 1999, with no end recorded" in words

    back = re.search(r'href="(/conflicts/\d+/take-back)"', ada.get("/conflicts/").content.decode())
    assert ada.post(back.group(1), {"reason": ""}).status_code == 422
    assert as_("ben").get(back.group(1)).status_code == 404
    ada.post(back.group(1), {"reason": "Another person of that name"})
    assert "Another person of that name" in words_of(ada.get("/conflicts/"))


def test_a_declaration_with_holes_or_about_nobody_is_an_error_at_the_form(made):
    ada = as_("ada")
    answer = ada.post("/conflicts/", TIE | {"person": "P-00000-00000-0", "from_on": "soon"})
    assert answer.status_code == 422
    assert "Enter a day" in words_of(answer)
    answer = ada.post("/conflicts/", TIE | {"person": "P-00000-00000-0"})
    assert answer.status_code == 422
    assert "There is nobody on record by that reference" in words_of(answer)


def test_a_case_that_nobody_works_on_and_one_with_a_colleague_of_the_subject(made):
    ada = as_("ada")
    assert "Nobody works on this case yet" in words_of(ada.get(made["page"]))
    asked = words_of(ada.get(f"{made['page']}?who={made['ina']}"))
    assert "Same unit as a subject from 1 January 2015 to 1 January 2019" in asked
    assert "To be decided" in asked
    refused = ada.post(f"{made['page']}/let-work",
                       {"who": made["ina"], "part": "investigator", "reason": "short"})  # fmt: skip
    assert refused.status_code == 422
    assert "nobody has decided on it" in words_of(refused)

    decide = f"{made['page']}/decide/{made['ina']}"
    holes = ada.post(decide, {"outcome": "may_work_with_conditions", "reason": "long ago"})
    assert "Say what safeguards there are" in words_of(holes)
    ada.post(decide, {"outcome": "may_work", "reason": "long ago"})
    ada.post(f"{made['page']}/let-work",
             {"who": made["ina"], "part": "investigator", "reason": "short"})  # fmt: skip
    ada.post(f"{made['page']}/let-work",
             {"who": User.objects.get(username="ben").pk, "part": "authority", "reason": "his"})  # fmt: skip
    words = words_of(ada.get(made["page"]))
    assert "Decided by Ada" in words
    assert words.index("Ben (ben)") < words.index("Ina (ina)")
    assert as_("ina").get(f"/cases/{made['reference']}").status_code == 200


def test_the_subject_meets_nothing_and_the_same_words_as_for_no_case(made):
    sub = as_("sub")
    missing = "C-00000-00000-0"
    for path in ("/conflicts/cases/{}", "/cases/{}", "/conflicts/cases/{}/let-work",
                 "/conflicts/cases/{}/covert", "/conflicts/cases/{}/outside",
                 f"/conflicts/cases/{{}}/decide/{made['ina']}"):  # fmt: skip
        there, none = sub.get(path.format(made["reference"])), sub.get(path.format(missing))
        assert there.status_code == none.status_code == 404
        assert words_of(there).replace(made["reference"], "") == words_of(none).replace(missing, "")
    typed = [sub.post("/conflicts/step-away", {"case": case, "reason": "r"})
             for case in (made["reference"], missing)]  # fmt: skip
    assert [answer.status_code for answer in typed] == [422, 422]
    assert "There is nothing on record" in words_of(typed[0])


def test_three_people_override_and_the_page_says_until_when(made):
    ada, ben, cai = as_("ada"), as_("ben"), as_("cai")
    assert "No override waits" in words_of(ben.get("/conflicts/asks"))
    where = f"{made['page']}/override/{made['ina']}"
    assert "within 28 days" in words_of(ada.post(where, {"until": "1 January 2199", "reason": "r"}))
    assert ada.post(where, {"until": in_four_days(), "reason": "Nobody else"}).status_code == 302
    ask = re.search(r'href="(/conflicts/asks/\d+)"', ben.get("/conflicts/asks").content.decode())
    ask = ask.group(1)

    assert "others must agree" in words_of(ada.get(ask))
    assert ada.post(ask, {"agrees": "yes", "reason": "Mine"}).status_code == 422
    assert ada.post(f"{ask}/use").status_code == 422
    for one in (ben, cai):
        assert one.post(ask, {"agrees": "yes", "reason": "Right"}).status_code == 302
    assert as_("sub").get(ask).status_code == 404
    assert ada.post(f"{ask}/use").status_code == 302
    assert "Overridden until" in words_of(ada.get(f"{made['page']}?who={made['ina']}"))


def test_stepping_away_ends_what_one_sees(made):
    ben = as_("ben")
    assert ben.get(f"/cases/{made['reference']}").status_code == 200
    ben.post("/conflicts/step-away", {"case": made["reference"], "reason": "A family friend"})
    assert ben.get(f"/cases/{made['reference']}").status_code == 404
    words = words_of(ben.get("/conflicts/"))
    assert "A family friend" in words
    assert made["reference"] not in words


def test_sent_outside_and_made_covert_and_known_again(made):
    ada, ben = as_("ada"), as_("ben")
    ada.post(f"{made['page']}/outside",
             {"organisation": "Westmark Police", "decider": "Supt K. Orrin", "reason": "too few"})  # fmt: skip
    assert "Westmark Police" in words_of(ada.get(made["page"]))
    covert = {"review_on": in_four_days(), "reason": "An inquiry"}
    assert ada.post(f"{made['page']}/covert", covert).status_code == 422
    ada.post(f"{made['page']}/let-work", {
        "who": User.objects.get(username="ada").pk, "part": "authority", "reason": "mine"})  # fmt: skip
    assert ada.post(f"{made['page']}/covert", covert).status_code == 302
    assert ben.get(made["page"]).status_code == 404
    assert "Known to its circle only" in words_of(ada.get(made["page"]))
    ada.post(f"{made['page']}/known-again")
    assert ben.get(made["page"]).status_code == 200


def test_who_may_not_read_conflicts_is_refused(made, administrator):
    assert as_("ina").get(made["page"]).status_code == 403
    assert administrator.get(made["page"]).status_code == 403
    assert administrator.get("/conflicts/asks").status_code == 403


def test_how_somebody_barred_is_kept_from_it_is_chosen_and_shown(made):
    ada, sub = as_("ada"), User.objects.get(username="sub").pk
    where = f"{made['page']}/choose/{sub}"
    answer = ada.post(where, {"choice": "leave_and_monitor", "reason": "r"})
    assert answer.status_code == 422
    assert "own case" in words_of(answer)
    assert ada.post(where, {"reason": "r"}).status_code == 422
    assert (
        ada.post(where, {"choice": "block_under_cover", "reason": "June moves"}).status_code == 302
    )
    words = words_of(ada.get(f"{made['page']}?who={sub}"))
    assert "Block under cover of a bulk re-allocation. Chosen by Ada: June moves" in words
    assert as_("sub").get(where).status_code == 404


def test_the_page_of_a_case_leads_to_its_conflicts_and_the_morning_tells_what_to_look_at_again(
    made,
):
    ada = as_("ada")
    page = ada.get(f"/cases/{made['reference']}").content.decode()
    assert f'href="{made["page"]}"' in page
    assert f"/conflicts/step-away?case={made['reference']}" in page
    assert (
        made["reference"]
        in ada.get(f"/conflicts/step-away?case={made['reference']}").content.decode()
    )
    assert "covert cases to look at again" in words_of(ada.get("/today/")).lower()

    ada.post(f"{made['page']}/let-work", {
        "who": User.objects.get(username="ada").pk, "part": "authority", "reason": "mine"})  # fmt: skip
    ada.post(f"{made['page']}/covert", {"review_on": in_four_days(), "reason": "An inquiry"})
    with acting():
        Covert.objects.update(review_on=today())
    assert f'href="{made["page"]}"' in ada.get("/today/").content.decode()
    assert f'href="{made["page"]}"' not in as_("ben").get("/today/").content.decode()
