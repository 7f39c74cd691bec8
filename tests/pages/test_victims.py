"""Victims and reporters: none, one, many; what is recorded, who it is, and what is nobody's to see."""

import pytest
from django.db import connection
from tests.integration.victims.desk import NAME, PHONE, Harm, nobody
from tests.pages.conftest import signed_in
from tests.pages.reading import table, words_of

from onrecord.apps.victims.models import Entry, Match
from onrecord.core.conduct.victims import CHANNELS, ENTRY_KINDS
from onrecord.core.kernel.ids import public_reference

WORDS = "never before nine, ask for marmalade"
LISTED = "Victims and reporters of your cases"
OF_CASE = "Victims, witnesses and reporters"


@pytest.fixture
def harm(store):
    return Harm(people=2)


@pytest.fixture
def officer(harm, client):
    return signed_in(client, "vc.officer")


def address(harm, place=0, more=""):
    return f"/victims/cases/{harm.reference}/{harm.parties[place]}{more}"


def form_of(kind, **more):
    """Return a form of an entry of `kind` with its first answers in it."""
    told = ENTRY_KINDS[kind]
    given = {"on_day": "1 November 2026"}
    for name, choices in (("what", told.whats), ("state", told.states)):
        if choices:
            given[name] = next(iter(choices))
    if told.has_channel:
        given["channel"] = next(iter(CHANNELS))
    return given | {f"words-{code}": f"{WORDS} {code}" for code in told.words} | more


def route_of(kind):
    return "contact" if ENTRY_KINDS[kind].verb == "victim:contact" else "record"


def test_nobody_in_no_case_says_so(store, client):
    Harm(people=0)
    assert "Nobody is recorded as victim" in words_of(
        signed_in(client, "vc.officer").get("/victims/")
    )


def test_many_stand_case_by_case_by_pseudonym(officer, harm):
    answer = officer.get("/victims/")
    assert [row[0] for row in table(answer, LISTED) if len(row) > 1] == [
        f"Victim 1 in {harm.reference}",
        f"Victim 2 in {harm.reference}",
    ]
    assert NAME not in answer.content.decode()


def test_a_cases_victims_come_with_how_many_people_they_are(officer, harm):
    answer = officer.get(f"/victims/cases/{harm.reference}/")
    assert "At least 1, at most 2 different complainants." in words_of(answer)
    assert len(table(answer, OF_CASE)) == 2


def test_before_anything_is_recorded_the_page_warns_against_contact(officer, harm):
    answer = officer.get(address(harm))
    assert "No safe channel is recorded. Do not make contact" in words_of(answer)
    assert answer.content.index(b"warning-text") < answer.content.index(b"Contact log")
    assert "Victim 1" not in answer.content.decode().split("</title>")[0]


@pytest.mark.parametrize("kind", ENTRY_KINDS)
def test_every_kind_is_recorded_by_its_form_and_its_words_go_inside(officer, harm, kind):
    to = address(harm, more=f"/{route_of(kind)}/{kind}")
    assert officer.get(to).status_code == 200
    answer = officer.post(to, form_of(kind))
    assert answer.status_code == 302, words_of(answer)
    page = officer.get(answer["Location"])
    assert ENTRY_KINDS[kind].label in words_of(page)
    assert WORDS not in page.content.decode()
    opened = officer.post(address(harm, more="/who"), {"reason": "to call them"})
    for code, label in ENTRY_KINDS[kind].words.items():
        assert f"{WORDS} {code}" in words_of(opened)
        assert label in words_of(opened)


@pytest.mark.parametrize("kind", ENTRY_KINDS)
def test_what_is_missing_is_said_and_nothing_is_written(officer, harm, kind):
    answer = officer.post(address(harm, more=f"/{route_of(kind)}/{kind}"), {})
    assert answer.status_code == 422
    assert "There is a problem" in words_of(answer)
    assert "Enter the day" in words_of(answer)
    assert not Entry.objects.exists()


def test_a_day_to_come_and_a_wrong_ground_of_anonymity_are_refused(officer, harm):
    to = address(harm, more="/record/anonymity")
    later = officer.post(to, form_of("anonymity", on_day="1 January 2199"))
    assert "The day must be today or earlier" in words_of(later)
    wrong = officer.post(to, form_of("anonymity", what="domestic_abuse", state="statutory"))
    assert (wrong.status_code, "by policy otherwise" in words_of(wrong)) == (422, True)


def test_how_to_reach_them_safely_comes_first(officer, harm):
    officer.post(address(harm, more="/record/safe_channel"), form_of("safe_channel"))
    assert "Contact only by this safe channel: telephone" in words_of(officer.get(address(harm)))
    officer.post(address(harm, more="/contact/no_contact"), form_of("no_contact"))
    assert "Do not make contact. They asked not to" in words_of(officer.get(address(harm)))


def test_the_mark_of_anonymity_says_by_statute_or_by_policy(officer, harm):
    officer.post(address(harm, more="/record/anonymity"), form_of("anonymity"))
    assert "Anonymous by statute" in words_of(officer.get(address(harm)))
    policy = form_of("anonymity", what="domestic_abuse", state="policy")
    officer.post(address(harm, place=1, more="/record/anonymity"), policy)
    assert "Anonymous by policy" in words_of(officer.get(address(harm, place=1)))


def looks():
    with connection.cursor() as cursor:
        cursor.execute(
            "select reason from ledger.consultation where action = 'victim:read' and object_kind = 'party'"
        )
        return [reason for (reason,) in cursor.fetchall()]


def test_who_somebody_is_is_the_answer_to_a_reason_and_never_stored(officer, harm):
    asked = officer.get(address(harm, more="/who"))
    assert NAME not in asked.content.decode()
    without = officer.post(address(harm, more="/who"), {"reason": " "})
    assert (without.status_code, NAME in without.content.decode()) == (422, False)
    assert looks() == []
    shown = officer.post(address(harm, more="/who"), {"reason": "to call about the charge"})
    assert f"{NAME} 0" in words_of(shown)
    assert PHONE in words_of(shown)
    assert shown["Cache-Control"] == "no-store"
    assert NAME not in shown.content.decode().split("</title>")[0]
    assert looks() == ["to call about the charge"]
    assert NAME not in officer.get(address(harm, more="/who")).content.decode()


def test_two_are_compared_and_only_the_answer_leaves(officer, harm):
    to = address(harm, more="/compare")
    assert officer.post(to, {}).status_code == 422
    given = {"other": str(harm.parties[1]), "reason": "the same street"}
    both = officer.post(to, given)
    assert f"{NAME} 0" in words_of(both)
    assert f"{NAME} 1" in words_of(both)
    assert officer.post(to, given | {"step": "answer"}).status_code == 422
    assert not Match.objects.exists()
    answer = officer.post(
        to, given | {"step": "answer", "answer": "same", "reasons": "one date of birth"}
    )
    assert answer.status_code == 302, words_of(answer)
    page = officer.get(answer["Location"])
    assert "The same person" in words_of(page)
    assert "date of birth" not in words_of(page)
    case = officer.get(f"/victims/cases/{harm.reference}/")
    assert "1 different complainant." in words_of(case)


def test_nobody_of_another_case_can_be_chosen(officer, harm):
    other = harm.world.case("NSP:PSD", "CO/2", "2020-01-01")
    stranger = harm.party(5, case=other)
    harm.world.settle()
    answer = officer.post(
        address(harm, more="/compare"), {"other": str(stranger), "reason": "the same street"}
    )
    assert answer.status_code == 422
    assert NAME not in answer.content.decode()


def test_out_of_the_circle_and_not_there_are_one_answer(officer, harm):
    other = harm.world.case("NSP:PSD", "CO/2", "2020-01-01")
    stranger = harm.party(5, case=other)
    harm.world.settle()
    there, absent = public_reference("C", other), "C-00000-00000-0"
    said = {
        words_of(officer.get(path))
        for path in (
            f"/victims/cases/{there}/", f"/victims/cases/{absent}/",
            f"/victims/cases/{there}/{stranger}", f"/victims/cases/{harm.reference}/{nobody()}",
            address(harm, more="/record/horoscope"), address(harm, more="/record/contact"),
        )
    }  # fmt: skip
    assert len(said) == 1
    assert (
        officer.post(f"/victims/cases/{there}/{stranger}/who", {"reason": "x"}).status_code == 404
    )


def test_the_authority_opens_any_case_and_records_no_contact(harm, client):
    authority = signed_in(client, "an.authority")
    to = authority.get("/victims/", {"case": harm.reference})
    assert to["Location"] == f"/victims/cases/{harm.reference}/"
    assert len(table(authority.get(to["Location"]), OF_CASE)) == 2
    page = words_of(authority.get(address(harm)))
    assert "Wish about contact" in page
    assert "Compared with others" not in page
    assert authority.get(address(harm, more="/contact/contact")).status_code == 403


def test_a_reviewer_and_whoever_runs_the_system_have_no_such_page(harm, reviewer):
    for path in ("/victims/", f"/victims/cases/{harm.reference}/", address(harm)):
        assert reviewer.get(path).status_code == 403
    assert reviewer.post(address(harm, more="/who"), {"reason": "x"}).status_code == 403


def test_long_words_are_shown_whole(officer, harm):
    long = "Wolverhampton" * 40
    officer.post(address(harm, more="/record/wish"), form_of("wish", **{"words-note": long}))
    assert long in words_of(officer.post(address(harm, more="/who"), {"reason": "to call"}))
