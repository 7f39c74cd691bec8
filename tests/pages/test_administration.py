"""Users and teams: empty, one, many, mistakes, who may not, and what takes two people."""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from tests.integration.sealing.desk import opened, owner
from tests.journeys.desk import account
from tests.pages.conftest import signed_in
from tests.pages.reading import table, words_of
from tests.worlds.building import adair

from onrecord.apps.access.models import Team, TwoPersonAsk, User
from onrecord.apps.administration.policies import is_guarded, roles_to_give
from onrecord.apps.sealing.services import seal_thing
from onrecord.core.kernel.ids import public_reference

NEW = {
    "username": "b.hazel", "display_name": "B. Hazel", "human": "7781",
    "role": "reviewer", "team": "", "email": "", "reason": "Starts on the review on Monday.",
}  # fmt: skip
CHANGES = "Changes, newest first"


def page(name, act=""):
    return f"/administration/users/{name}{'/' + act if act else ''}"


def role_of(name):
    return User.objects.get(username=name).role


def refusals():
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from ledger.consultation where was_refused"
                       " and action like 'account:%%'")  # fmt: skip
        return cursor.fetchone()[0]


@pytest.fixture
def other(administrator):
    """Return a senior officer, signed in, who is another human being and no administrator."""
    account("s.officer", role="senior_officer")
    return signed_in(Client(), "s.officer")


def agree(client, ask, agrees="yes"):
    return client.post(f"/work/agreements/{ask.pk}", {"agrees": agrees, "reason": "I know them."})


class TestUsers:
    def test_one_many_and_none_of_that_name(self, administrator):
        (row,) = table(administrator.get("/administration/users/"), "Users, by user name")
        assert "an.admin" in row[0]
        account("b.hazel", role="reviewer")
        account("d.linden", role="analyst")
        found = administrator.get("/administration/users/", {"words": "linden"})
        (row,) = table(found, "Users, by user name")
        assert row[1] == "Analyst"
        none = administrator.get("/administration/users/", {"words": "nobody"})
        assert "No user has these words in their name" in words_of(none)

    def test_one_is_made_with_its_reason_on_record(self, administrator):
        answer = administrator.post("/administration/users/new", NEW)
        assert "First password of b.hazel" in words_of(answer)
        seen = administrator.get(page("b.hazel"))
        assert f'href="{page("b.hazel", "role")}"' in seen.content.decode()
        assert "Role Reviewer" in words_of(seen)
        (row,) = table(seen, CHANGES)
        assert row[1:] == ["Account made Role: Reviewer", "an.admin", NEW["reason"]]

    def test_what_is_left_out_is_named(self, administrator):
        answer = administrator.post("/administration/users/new", {})
        assert answer.status_code == 422
        for words in ("Enter a user name", "staff number", "Choose a role", "Say why"):
            assert words in words_of(answer)
        assert User.objects.count() == 1

    def test_a_name_that_is_taken_is_said(self, administrator):
        administrator.post("/administration/users/new", NEW)
        again = administrator.post("/administration/users/new", NEW)
        assert "There is an account called b.hazel already" in words_of(again)

    def test_nobody_makes_a_second_account_of_their_own(self, administrator):
        before = refusals()
        answer = administrator.post("/administration/users/new", {**NEW, "human": "an.admin"})
        assert answer.status_code == 403
        assert not User.objects.filter(username="b.hazel").exists()
        assert refusals() == before + 1

    def test_who_is_not_there_is_not_found(self, administrator):
        for act in ("", "role", "team", "let-in", "close", "reopen"):
            assert administrator.get(page("nobody", act)).status_code == 404

    def test_a_reviewer_gets_nowhere(self, reviewer):
        account("an.admin", role="administrator")
        for path in ("users/", "users/new", "users/an.admin", "users/an.admin/role",
                     "users/an.admin/close", "users/an.admin/let-in", "teams/", "teams/new"):  # fmt: skip
            assert reviewer.get(f"/administration/{path}").status_code == 403, path
        answer = reviewer.post(page("an.admin", "close"), {"reason": "Out."})
        assert answer.status_code == 403
        assert User.objects.get(username="an.admin").is_active

    def test_the_watchdog_sees_and_changes_nothing(self, administrator):
        account("w.dog", role="watchdog")
        watchdog = signed_in(Client(), "w.dog")
        seen = watchdog.get(page("an.admin"))
        assert seen.status_code == 200
        assert "Change the role" not in words_of(seen)
        answer = watchdog.post(page("an.admin", "role"), {"role": "analyst", "reason": "x"})
        assert answer.status_code == 403


class TestRoles:
    def test_another_role_holds_at_the_next_request(self, administrator):
        account("b.hazel", role="review_lead")
        hazel = signed_in(Client(), "b.hazel")
        assert hazel.get("/file-desk/").status_code == 200
        given = {"role": "welfare_officer", "reason": "Has moved."}
        administrator.post(page("b.hazel", "role"), given)
        assert hazel.get("/file-desk/").status_code == 403
        row = table(administrator.get(page("b.hazel")), CHANGES)[0]
        assert row[1] == "Changed Role: Review lead before, Welfare officer now"

    def test_the_same_role_is_no_change(self, administrator):
        account("b.hazel", role="reviewer")
        answer = administrator.post(page("b.hazel", "role"), {"role": "reviewer", "reason": "x"})
        assert answer.status_code == 422

    @pytest.mark.parametrize("act", ["role", "team", "close", "reopen"])
    def test_nobody_changes_their_own_account(self, administrator, act):
        before = refusals()
        given = {"role": "review_lead", "team": "", "email": "", "reason": "I need it."}
        assert administrator.post(page("an.admin", act), given).status_code == 403
        assert role_of("an.admin") == "administrator"
        assert User.objects.get(username="an.admin").is_active
        assert refusals() == before + 1

    def test_roles_that_reach_behind_seals_or_to_victims_are_guarded(self):
        guarded = {role.value for role in roles_to_give() if is_guarded(role)}
        assert guarded == {"head_of_counter_corruption", "counter_corruption", "victim_contact",
                           "appropriate_authority"}  # fmt: skip

    def test_a_guarded_role_takes_two_people_and_is_given_once(self, administrator, other):
        account("b.hazel", role="reviewer")
        given = {"role": "counter_corruption", "reason": "Joins the unit."}
        asked = administrator.post(page("b.hazel", "role"), given)
        assert "asked=yes" in asked.headers["Location"]
        assert role_of("b.hazel") == "reviewer"
        assert administrator.post(page("b.hazel", "role"), given).status_code == 403
        (ask,) = TwoPersonAsk.objects.all()
        assert agree(administrator, ask).status_code >= 400
        assert agree(other, ask).status_code == 302
        administrator.post(page("b.hazel", "role"), given)
        assert role_of("b.hazel") == "counter_corruption"
        administrator.post(page("b.hazel", "role"), {"role": "reviewer", "reason": "Leaves."})
        administrator.post(page("b.hazel", "role"), given)
        assert role_of("b.hazel") == "reviewer"

    def test_administrators_do_not_agree_among_themselves(self, administrator, other):
        account("c.admin", role="administrator")
        account("b.hazel", role="reviewer")
        given = {"role": "administrator", "reason": "A second pair of hands."}
        assert "asked=yes" in administrator.post(page("b.hazel", "role"), given).headers["Location"]
        (ask,) = TwoPersonAsk.objects.all()
        second = signed_in(Client(), "c.admin")
        assert "Nothing waits for your answer" in words_of(second.get("/work/agreements/"))
        assert agree(second, ask).status_code >= 400
        administrator.post(page("b.hazel", "role"), given)
        assert role_of("b.hazel") == "reviewer"
        assert agree(other, ask).status_code == 302
        administrator.post(page("b.hazel", "role"), given)
        assert role_of("b.hazel") == "administrator"

    def test_an_administrator_is_not_made_by_one(self, administrator):
        new = {**NEW, "role": "administrator"}
        assert administrator.post("/administration/users/new", new).status_code == 422

    def test_what_was_agreed_for_one_account_or_role_is_good_for_no_other(
        self, administrator, other
    ):
        account("b.hazel", role="reviewer")
        account("d.linden", role="reviewer")
        given = {"role": "victim_contact", "reason": "Joins."}
        administrator.post(page("b.hazel", "role"), given)
        agree(other, TwoPersonAsk.objects.get())
        administrator.post(page("d.linden", "role"), given)
        administrator.post(page("b.hazel", "role"), {**given, "role": "counter_corruption"})
        assert (role_of("b.hazel"), role_of("d.linden")) == ("reviewer", "reviewer")

    def test_a_guarded_role_cannot_be_given_to_an_account_as_it_is_made(self, administrator):
        new = {**NEW, "role": "counter_corruption"}
        assert administrator.post("/administration/users/new", new).status_code == 422
        assert not User.objects.filter(username="b.hazel").exists()


class TestClosing:
    def test_closing_ends_every_sign_in_and_it_can_be_opened_again(self, administrator):
        account("b.hazel", role="reviewer")
        hazel = signed_in(Client(), "b.hazel")
        key = hazel.session.session_key
        administrator.post(page("b.hazel", "close"), {"reason": "Has left."})
        assert "sign-in" in hazel.get("/work/").headers["Location"]
        assert not Session.objects.filter(session_key=key).exists()
        assert administrator.post(page("b.hazel", "close"), {"reason": "x"}).status_code == 422
        administrator.post(page("b.hazel", "reopen"), {"reason": "Is back."})
        assert User.objects.get(username="b.hazel").is_active
        assert administrator.post(page("b.hazel", "reopen"), {"reason": "x"}).status_code == 422

    def test_opening_one_with_a_guarded_role_takes_two_people(self, administrator, other):
        account("b.hazel", role="counter_corruption")
        administrator.post(page("b.hazel", "close"), {"reason": "Has left."})
        administrator.post(page("b.hazel", "reopen"), {"reason": "Is back."})
        assert not User.objects.get(username="b.hazel").is_active
        agree(other, TwoPersonAsk.objects.get())
        administrator.post(page("b.hazel", "reopen"), {"reason": "Is back."})
        assert User.objects.get(username="b.hazel").is_active


class TestTeams:
    def test_empty_one_and_its_leader(self, administrator):
        assert "There is no team yet" in words_of(administrator.get("/administration/teams/"))
        new = {"code": "review-north", "name": "Review, north", "reason": "A second desk."}
        administrator.post("/administration/teams/new", new)
        account("b.hazel", role="reviewer")
        given = {"team": "review-north", "leads_team": "on", "email": "", "reason": "Leads it."}
        administrator.post(page("b.hazel", "team"), given)
        (row,) = table(administrator.get("/administration/teams/"), "Teams, by code")
        assert row == ["Review, north review-north", "A. Reviewer", "1", "A. Reviewer"]
        change = table(administrator.get(page("b.hazel")), CHANGES)[0]
        assert change[1] == "Changed Team: none before, review-north now"

    def test_mistakes_are_said(self, administrator):
        new = {"code": "North!", "name": "", "reason": ""}
        answer = administrator.post("/administration/teams/new", new)
        assert answer.status_code == 422
        assert "Use small letters" in words_of(answer)
        account("b.hazel", role="reviewer")
        lead = {"team": "", "leads_team": "on", "email": "", "reason": "x"}
        answer = administrator.post(page("b.hazel", "team"), lead)
        assert "Nobody can lead no team" in words_of(answer)
        assert Team.objects.count() == 0


class TestOwnRecord:
    def test_it_is_tied_keeps_them_out_and_is_untied(self, administrator):
        made = adair()
        account("b.hazel", role="review_lead")
        theirs = signed_in(Client(), "b.hazel")
        person = f"/people/{public_reference('P', min(made['own'], made['crime']))}"
        case = f"/cases/{public_reference('C', made['report'])}"
        assert theirs.get(case).status_code == 200
        given = {"record": "nsp:hr:4471", "reason": "The same staff number."}
        assert administrator.post(page("b.hazel", "record"), given).status_code == 302
        seen = words_of(administrator.get(page("b.hazel")))
        assert "Own record: not tied before, tied now" in seen
        assert theirs.get(case).status_code == 404
        assert administrator.get(person).status_code == 403

        administrator.post(page("b.hazel", "record"), {"record": "", "reason": "Another one."})
        assert theirs.get(case).status_code == 200

    @pytest.mark.parametrize("key", ["NSP:HR:0000", "4471", "::"])
    def test_what_is_on_record_nowhere_is_refused(self, administrator, key):
        adair()
        account("b.hazel", role="review_lead")
        answer = administrator.post(page("b.hazel", "record"), {"record": key, "reason": "r"})
        assert answer.status_code == 422
        assert "There is no such record" in words_of(answer)

    def test_what_is_sealed_is_answered_like_what_is_not_there(self, administrator):
        made = adair()
        account("b.hazel", role="review_lead")
        head = owner()
        wall = opened(head)
        seal_thing(viewer=head, number=wall.pk, thing_kind="person", lineage=made["own"])
        given = {"record": "NSP:HR:4471", "reason": "r"}
        sealed = administrator.post(page("b.hazel", "record"), given)
        missing = administrator.post(page("b.hazel", "record"), given | {"record": "NSP:HR:4472"})
        told = [
            words_of(each).replace("4471", "?").replace("4472", "?") for each in (sealed, missing)
        ]
        assert told[0] == told[1]

    def test_one_record_is_one_human_beings(self, administrator):
        adair()
        given = {"record": "NSP:HR:4471", "reason": "r"}
        for name in ("b.hazel", "d.linden"):
            account(name, role="review_lead")
            answer = administrator.post(page(name, "record"), given)
        assert answer.status_code == 422
        assert "somebody else" in words_of(answer)
