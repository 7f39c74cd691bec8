"""One person as typed, against everybody on record: the batch's own weights, and nobody one may not see."""

import dataclasses
import json
from datetime import timedelta

import pytest
from django.db import connection
from tests.integration.linkage.recorded import PEOPLE, record, write_people
from tests.integration.sealing.desk import account, opened, owner, sees
from tests.worlds.building import REVIEWER

from onrecord.apps.access.models import User
from onrecord.apps.access.roles import Role
from onrecord.apps.linking.asking import Typed, who_may_it_be
from onrecord.apps.linking.known import bring_into_shape
from onrecord.apps.people.finding import person_lineage
from onrecord.apps.people.services import rebuild_projections
from onrecord.apps.sealing.services import seal_thing
from onrecord.apps.signing_in.services import make_key
from onrecord.core.kernel.errors import NotFoundError, UsageError
from onrecord.core.kernel.ids import public_reference
from onrecord.core.linkage.mentions import write_mentions
from onrecord.core.linkage.models import newest_model
from onrecord.core.linkage.specs import shipped_spec
from onrecord.core.linkage.weighing import weighed_in
from onrecord.core.snapshots.reading import open_snapshot
from onrecord.project.home import Home

LEAD = dataclasses.replace(REVIEWER, role="review_lead")


@pytest.fixture
def linked(run):
    write_people()
    run()


def written(number, holder="NSP:HR"):
    with connection.cursor() as cursor:
        cursor.execute(
            "select family_name, given_names, birth_date from facts.person_record where lineage = %s",
            [record(holder, number)],
        )
        family, given, born = cursor.fetchone()
        return Typed(family=family, given=given, birth_date=born, sex="f")


def asked(typed, models, viewer=LEAD):
    return who_may_it_be(viewer, typed, models=models)


def test_whoever_is_on_record_is_found_under_both_spellings(linked, models):
    for number in (0, 1, 5):
        found = asked(written(number), models).candidates
        assert person_lineage(LEAD, found[0].reference) == min(
            record("NSP:HR", number), record("NSP:PSD", number)
        )
        assert found[0].is_sure
        assert "Born: the same (+" in found[0].words


def test_its_weight_is_the_batchs(linked, models, tmp_path):
    snapshot = open_snapshot(tmp_path / "snapshots")
    mentions = write_mentions(snapshot, tmp_path / "mentions.parquet")
    weights = newest_model(models, shipped_spec("people")).weights
    one, other = sorted((record("NSP:HR", 5), record("NSP:PSD", 5)))
    (batch,) = weighed_in(mentions.path, weights, [(str(one), str(other))])
    expected = batch.weight - sum(
        part.weight for part in batch.parts if part.comparison == "source"
    )
    found = asked(written(5), models).candidates[0]
    spelt_alike = asked(written(5, "NSP:PSD"), models).candidates[0]
    assert max(found.weight, spelt_alike.weight) > expected > 0
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from projection.mention where shaped is null")
        assert cursor.fetchone() == (0,)


def test_facts_and_snapshot_are_brought_into_one_shape(linked, models):
    """What a run took from a snapshot is what the facts themselves come to."""

    def shapes():
        with connection.cursor() as cursor:
            cursor.execute("select record_lineage, keys, shaped from projection.mention")
            return {row[0]: (sorted(row[1]), row[2]) for row in cursor.fetchall()}

    by_run = shapes()
    assert len(by_run) == 2 * PEOPLE
    rebuild_projections()
    bring_into_shape(shipped_spec("people"))
    assert shapes() == by_run


def test_who_came_since_the_run_is_found_at_once(linked, models):
    write_people(PEOPLE + 1)
    assert asked(written(PEOPLE), models).candidates[0].is_sure


def test_what_is_walled_is_not_found(linked, models):
    account("ada", Role.ADMINISTRATOR)
    head = owner()
    wall = opened(head)
    typed = written(1)
    both = [record(holder, 1) for holder in ("NSP:HR", "NSP:PSD")]
    for each in both:
        seal_thing(viewer=head, number=wall.pk, thing_kind="person", lineage=each)
    assert asked(typed, models).candidates == ()
    assert asked(typed, models, head).candidates


def test_too_little_and_no_model_are_said(linked, models, tmp_path):
    with pytest.raises(UsageError, match="too little"):
        asked(Typed(family="barcordel"), models)
    with pytest.raises(NotFoundError, match="no model"):
        asked(written(1), tmp_path / "nowhere")


def test_it_settles_nothing(linked, models):
    def judgements():
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from facts.identity_judgement")
            return cursor.fetchone()

    before = judgements()
    asked(written(3), models)
    assert judgements() == before


def test_a_program_asks_in_the_same_way_and_is_told_no_name(linked, models, client, settings):
    settings.HOME = Home(models.parent)
    account("ada", Role.ADMINISTRATOR)
    account("feed", Role.REVIEW_LEAD, is_service_account=True)
    good = make_key(viewer=sees("ada"), user=User.objects.get(username="feed"), name="intake",
                    verbs=("person:search",), lasts=timedelta(days=9))  # fmt: skip
    typed = written(2)
    answer = client.post(
        "/api/v1/match",
        json.dumps({"family_name": typed.family, "given_name": typed.given,
                    "birth_date": typed.birth_date.isoformat()}),
        content_type="application/json", headers={"authorization": f"Bearer {good}"},
    )  # fmt: skip
    assert answer.status_code == 200
    best = answer.json()["people"][0]
    assert best["reference"] == public_reference(
        "P", min(record("NSP:HR", 2), record("NSP:PSD", 2))
    )
    assert best["would_be_joined"]
    assert typed.family not in answer.content.decode().lower()
