"""The interface for programs: by key alone, for the key's verbs alone, with its account's eyes."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from tests.integration.sealing.desk import account, opened, owner, sees
from tests.worlds.building import adair

from onrecord.api.interface import api
from onrecord.apps.access.models import User
from onrecord.apps.access.roles import Role
from onrecord.apps.access.services import close_account
from onrecord.apps.sealing.services import seal_thing
from onrecord.apps.signing_in.selectors import keys
from onrecord.apps.signing_in.services import make_key, revoke_key
from onrecord.core.kernel.ids import public_reference
from onrecord.core.ledger.actors import LOCAL_OPERATOR
from whole.tree import ROOT

SCHEMA = ROOT / "docs/reference/openapi.json"


@pytest.fixture
def made(store):
    made = adair()
    account("ada", Role.ADMINISTRATOR)
    account("feed", Role.REVIEW_LEAD, is_service_account=True)
    made["person"] = public_reference("P", min(made["own"], made["crime"]))
    made["case"] = public_reference("C", made["report"])
    return made


def key(*verbs):
    return make_key(
        viewer=sees("ada"), user=User.objects.get(username="feed"), name="nightly",
        verbs=verbs or ("person:read", "case:read", "task:read"), lasts=timedelta(days=9),
    )  # fmt: skip


def asked(client, path, with_key):
    return client.get(f"/api/v1/{path}", headers={"authorization": f"Bearer {with_key}"})


def looks():
    with connection.cursor() as cursor:
        cursor.execute(
            "select action, object_ref, was_refused from ledger.consultation where actor = 'feed'"
            " order by consultation_id"
        )
        return cursor.fetchall()


def test_without_a_good_key_there_is_nothing(made, client):
    for path in ("whoami", f"people/{made['person']}", "tasks"):
        assert client.get(f"/api/v1/{path}").status_code == 401
        answer = asked(client, path, "onr_nonsense")
        assert answer.status_code == 401
        assert answer["Content-Type"] == "application/problem+json"


def test_over_plain_http_a_program_is_refused_and_a_browser_sent_on(made, client, settings):
    settings.SECURE_SSL_REDIRECT = True
    answer = asked(client, "whoami", key())
    assert answer.status_code == 403
    assert "revoked" in answer.json()["next_step"]
    assert client.get("/work/").status_code == 301
    assert client.get("/api/v1/whoami", headers={"authorization": f"Bearer {key()}"},
                      secure=True).status_code == 200  # fmt: skip


def test_a_person_is_told_in_codes_and_dates_and_the_look_is_recorded(made, client):
    answer = asked(client, f"people/{made['person']}", key())
    told = answer.json()
    assert answer.status_code == 200
    assert told["reference"] == made["person"]
    assert {fact["kind"] for fact in told["facts"]} >= {"allegation", "clearance"}
    assert "Adair" not in answer.content.decode()
    assert looks() == [("person:read", made["person"], False)]


def test_nothing_known_later_than_the_day_is_told(made, client):
    good = key()
    early = asked(client, f"people/{made['person']}?on=2007-01-09", good).json()
    assert {fact["known_on"] for fact in early["facts"]} <= {"2004-12-20", "2006-08-01"}
    assert asked(client, f"people/{made['person']}?on=2999-01-01", good).status_code == 422


def test_a_key_is_good_for_its_verbs_alone(made, client):
    good = key("case:read")
    assert asked(client, f"cases/{made['case']}", good).status_code == 200
    assert asked(client, "tasks", good).status_code == 403
    assert asked(client, f"people/{made['person']}", good).status_code == 404
    assert asked(client, "whoami", good).json()["verbs"] == ["case:read"]


def test_what_is_sealed_is_answered_like_what_never_was(made, client):
    head = owner()
    wall = opened(head)
    seal_thing(viewer=head, number=wall.pk, thing_kind="case", lineage=made["report"])
    good = key()
    sealed, missing = (
        asked(client, f"cases/{made['case']}", good),
        asked(client, "cases/C-00000-00000-0", good),
    )
    assert sealed.status_code == 404
    assert sealed.content == missing.content
    told = asked(client, f"people/{made['person']}", good).content.decode()
    assert made["case"] not in told
    assert [refused for _, _, refused in looks()] == [True, True, False]


def test_a_revoked_key_and_one_of_a_closed_account_are_refused_at_the_next_request(made, client):
    one, other = key(), key("case:read")
    assert asked(client, "whoami", one).status_code == 200
    (row,) = [row for row in keys(sees("ada")) if row.ending == one[-4:]]
    revoke_key(viewer=sees("ada"), key_id=row.pk)
    assert asked(client, "whoami", one).status_code == 401
    assert asked(client, "whoami", other).status_code == 200
    close_account(actor=LOCAL_OPERATOR, user=User.objects.get(username="feed"), reason="over")
    assert asked(client, "whoami", other).status_code == 401


def test_no_task_of_others_is_there(made, client):
    good = key()
    assert asked(client, "tasks", good).json() == []
    assert asked(client, "tasks/T-00000-00000-0", good).status_code == 404


def test_a_program_that_asks_without_end_must_wait_and_is_told_how_long(made, client, monkeypatch):
    monkeypatch.setenv("ONRECORD_LOOKS_A_MINUTE", "8")
    good = key()
    answers = [asked(client, f"people/{made['person']}", good) for _ in range(12)]
    assert answers[0].status_code == 200
    assert answers[-1].status_code == answers[-1].json()["status"] == 429
    assert 0 < int(answers[-1]["Retry-After"]) <= 60


def searched(client, with_key, **wanted):
    return client.post(
        "/api/v1/search", json.dumps({"text": "Adair"} | wanted), content_type="application/json",
        headers={"authorization": f"Bearer {with_key}"},
    )  # fmt: skip


def test_a_search_tells_references_and_neither_names_nor_words(made, client):
    made["world"].add(
        "narrative", "WMP:CRIME", "2012-10-02", case_lineage=made["report"],
        record_lineage=made["crime"], section="summary", body="a lantern by the boathouse",
    )  # fmt: skip
    good = key("person:search", "case:read", "person:read")
    assert searched(client, good).json()["people"] == [made["person"]]
    told = searched(client, good, text="lantern")
    assert [place["case"] for place in told.json()["record"]] == [made["case"]]
    assert "boathouse" not in told.content.decode()
    assert searched(client, good, text="lantern", on="2012-10-01").json()["record"] == []
    assert searched(client, good, places=["cases"]).json()["people"] == []
    assert searched(client, good, places=["cellars"]).status_code == 422
    assert searched(client, key("case:read")).status_code == 403
    assert ("person:search", "1 found", False) in looks()


def test_a_search_finds_nothing_that_is_sealed(made, client):
    head = owner()
    wall = opened(head)
    good = key("person:search", "case:read", "person:read")
    assert searched(client, good, text=made["case"]).json()["cases"] == [made["case"]]
    seal_thing(viewer=head, number=wall.pk, thing_kind="case", lineage=made["report"])
    assert searched(client, good, text=made["case"]).json()["cases"] == []


def test_the_description_of_the_interface_is_the_interface():
    assert json.loads(SCHEMA.read_text()) == json.loads(
        json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"))
    )
