"""Seals on the screen: empty, one, many; errors; and nothing at all for everybody else."""

import re

import pytest
from django.test import Client
from tests.journeys.desk import account
from tests.pages.conftest import signed_in
from tests.pages.reading import table, words_of
from tests.worlds.building import adair

from onrecord.core.kernel.ids import public_reference

NEW = {
    "title": "Operation Larch", "reason": "A covert inquiry",
    "handling_conditions": "Owner only", "review_on": "1 January 2199",
}  # fmt: skip
BEHIND = "Seals that you stand behind"


@pytest.fixture
def made(store):
    return adair()


@pytest.fixture
def owner(made):
    account("hana", role="head_of_counter_corruption")
    return signed_in(Client(), "hana")


def opened(owner):
    return owner.post("/seals/open", NEW).headers["location"]


def test_somebody_behind_no_seal_reads_so_and_everybody_else_is_refused(owner, reviewer):
    assert "You stand behind no seal" in words_of(owner.get("/seals/"))
    assert reviewer.get("/seals/").status_code == 403
    assert "Seals" not in reviewer.get("/").content.decode()


def test_a_seal_is_opened_with_reason_conditions_and_a_day_or_not_at_all(owner):
    answer = owner.post("/seals/open", NEW | {"handling_conditions": "", "review_on": "yesterday"})
    assert answer.status_code == 422
    assert "Say how it is to be handled" in words_of(answer)
    assert "Enter a day to come" in words_of(answer)

    where = opened(owner)
    words = words_of(owner.get(where))
    assert "Operation Larch" in words
    assert "Nobody else has looked at any of it" in words
    assert table(owner.get("/seals/"), BEHIND)[0][0].startswith("Operation Larch")


def test_what_goes_behind_is_gone_for_a_reviewer_and_can_be_taken_out(owner, reviewer, made):
    where, reference = opened(owner), public_reference("C", made["report"])
    assert reviewer.get(f"/cases/{reference}").status_code == 200
    owner.post(f"{where}/seal-thing", {"reference": reference})

    missing, sealed = reviewer.get("/cases/C-00000-00000-0"), reviewer.get(f"/cases/{reference}")
    assert sealed.status_code == missing.status_code == 404
    assert words_of(sealed).replace(reference, "") == words_of(missing).replace(
        "C-00000-00000-0", ""
    )
    assert reference in words_of(owner.get(where))
    assert "Found nothing" in words_of(owner.get(where))

    out = re.search(r'action="(\S+/things/\d+/out)"', owner.get(where).content.decode())
    owner.post(out.group(1))
    assert reviewer.get(f"/cases/{reference}").status_code == 200


def test_a_reference_that_does_not_exist_is_an_error_at_the_form(owner):
    answer = owner.post(f"{opened(owner)}/seal-thing", {"reference": "C-00000-00000-0"})
    assert answer.status_code == 422
    assert "There is nothing on record by that reference" in words_of(answer)


def test_a_seal_of_somebody_else_does_not_exist(owner):
    where = opened(owner)
    account("hugo", role="head_of_counter_corruption")
    other = signed_in(Client(), "hugo")
    assert words_of(other.get(where)) == words_of(other.get("/seals/999999"))
    assert other.post(f"{where}/review", {"outcome": "lifted", "reason": "x"}).status_code == 404


def test_a_colleague_is_let_behind_and_taken_away(owner):
    where = opened(owner)
    account("cora", role="counter_corruption")
    colleague = signed_in(Client(), "cora")
    assert colleague.get(where).status_code == 404
    owner.post(f"{where}/let-behind", {"to": "cora"})
    page = colleague.get(where)
    assert page.status_code == 200
    assert "Take out" not in words_of(page)


def test_a_question_reads_the_same_whatever_it_is_about(owner, reviewer, made):
    where = opened(owner)
    owner.post(f"{where}/seal-thing", {"reference": public_reference("C", made["report"])})
    person = public_reference("P", min(made["own"], made["crime"]))
    assert "Nothing so far" in words_of(reviewer.get("/seals/ask"))
    assert reviewer.post("/seals/ask", {"reference": "", "words": ""}).status_code == 422
    reviewer.post("/seals/ask", {"reference": person, "words": "May I write to them?"})
    assert "No answer yet" in words_of(reviewer.get("/seals/ask"))

    (row,) = table(owner.get("/seals/questions"), "Questions")
    owner.post(f"/seals/questions/{row[0].strip()}", {"words": "You may."})
    assert "You may." in words_of(reviewer.get("/seals/ask"))
    assert reviewer.get("/seals/questions").status_code == 403


def test_an_allegation_made_out_of_it_is_a_case_for_everybody(owner, reviewer, made):
    where = opened(owner)
    person = public_reference("P", min(made["own"], made["crime"]))
    answer = owner.post(f"{where}/develop", {
        "person": person, "case_type": "conduct_matter", "category": "Improper association",
        "reason": "The threshold is met",
    })  # fmt: skip
    assert answer.status_code == 302
    assert "Improper association" in words_of(reviewer.get(f"/people/{person}"))
    assert "The threshold is met" in words_of(owner.get(where))
