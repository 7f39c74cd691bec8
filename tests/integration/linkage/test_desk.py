"""The desk: what waits, judging, a second reader, contesting, taking back; and nothing of any case."""

import dataclasses
import typing
import uuid
from datetime import date

import pytest
from tests.integration.linkage.recorded import PEOPLE, record, write_people
from tests.integration.linkage.test_linking_people import are_one, people
from tests.integration.sealing.desk import account, opened, owner, sees
from tests.worlds.building import BUILDER, day

from onrecord.apps.access.roles import Role
from onrecord.apps.audit.selectors import current_position
from onrecord.apps.audit.services import recording, sequence_pending
from onrecord.apps.facts.reading import facts_where
from onrecord.apps.facts.writing import append_fact
from onrecord.apps.linking import deciding, pairs
from onrecord.apps.linking.desk import Waiting, desk
from onrecord.apps.linking.pairs import PairAtDesk
from onrecord.apps.linking.services import judge_identity
from onrecord.apps.linking.undoing import take_back_act
from onrecord.apps.organisations.services import ensure_holder
from onrecord.apps.people.services import rebuild_projections
from onrecord.apps.sealing.services import seal_thing
from onrecord.apps.work.models import Task
from onrecord.core.conduct.judging import SECOND_READING
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError, NotPermittedError
from onrecord.core.kernel.facts import Fact
from onrecord.core.kernel.ids import lineage_of, public_reference
from onrecord.core.kernel.kinds import KINDS
from onrecord.core.ledger.actors import actor_of
from onrecord.core.linkage.agreeing import is_sampled
from onrecord.core.timekeeping.views import View


@pytest.fixture
def linked(run):
    for name in ("ada", "ben", "cy"):
        account(name, Role.REVIEW_LEAD)
    write_people()
    run(learns=False)


def pair_of(number, viewer, models, verb="identity:judge"):
    low, high = sorted((record("NSP:HR", number), record("NSP:PSD", number)))
    lineage = lineage_of("ONRECORD:DESK", "identity_judgement", str(low), str(high))
    return pairs.pair_named(viewer, public_reference("L", lineage), verb=verb, models=models)


def judge(number, name, judgement, models):
    viewer = sees(name)
    return deciding.judge(
        viewer=viewer,
        pair=pair_of(number, viewer, models),
        judgement=judgement,
        reason="As both say.",
    )


def sampled(*, wanted):
    """Return the number of a pair that a second person is, or is not, to read."""
    for number in range(PEOPLE):
        low, high = sorted((record("NSP:HR", number), record("NSP:PSD", number)))
        lineage = lineage_of("ONRECORD:DESK", "identity_judgement", str(low), str(high))
        if is_sampled(lineage) is wanted and are_one(number):
            return number
    raise AssertionError


def reachable_types(kind, seen=None):
    """Yield every type that a type's fields can hold, however deep."""
    seen = set() if seen is None else seen
    for inner in (kind, *typing.get_args(kind)):
        if inner in seen:
            continue
        seen.add(inner)
        if dataclasses.is_dataclass(inner) and inner is not Fact:
            for each in typing.get_type_hints(inner).values():
                reachable_types(each, seen)
        else:
            for each in typing.get_args(inner):
                reachable_types(each, seen)
    return seen


def test_nothing_that_a_case_says_can_stand_at_the_desk():
    """Facts at the desk are of three kinds and of judgements; none of their columns leads to a case."""
    named = {each.__name__ for each in reachable_types(PairAtDesk) if isinstance(each, type)}
    assert {"Fact", "RecordAtDesk", "Service", "Weighed", "Part"} <= named
    assert not named & {"Case", "Allegation", "Incident", "Disposition", "PersonPage"}
    assert set(pairs.READ_AT_THE_DESK) == {"person_record", "service_spell", "spell_end"}
    for kind in (*pairs.READ_AT_THE_DESK, "identity_judgement"):
        led = {column.links_to for column in KINDS[kind].columns}
        assert not led & {"case_reported", "allegation", "incident", "disposition"}


def test_only_those_kinds_are_read(linked, models, monkeypatch):
    read = []
    real = pairs.facts_by
    monkeypatch.setattr(
        pairs, "facts_by", lambda view, kind, *more: read.append(kind) or real(view, kind, *more)
    )
    pair_of(1, sees("ada"), models)
    assert set(read) <= {*pairs.READ_AT_THE_DESK, "identity_judgement"}


def test_it_says_what_speaks_for_and_against_and_where_they_served(linked, models):
    with recording(BUILDER, "world:build", object_kind="world", object_ref="people", reason="a test",
                   batch=uuid.uuid4()) as rec:  # fmt: skip
        for holder, employer, first in (
            ("NSP:HR", "NSP", date(2001, 1, 1)),
            ("NSP:PSD", "WMP", date(2001, 6, 1)),
        ):
            append_fact(rec, "service_spell", {
                "lineage": lineage_of(holder, "service_spell", "1"), "record_lineage": record(holder, 1),
                "holder_id": ensure_holder(holder).pk, "known_on": day("2015-01-01"),
                "happened_from": first, "employer": employer, "is_service": True, "unit": "Response",
            })  # fmt: skip
    rebuild_projections()
    sequence_pending()
    pair = pair_of(1, sees("ada"), models)
    assert {part.comparison for part in pair.weighed.parts} >= {"born", "family"}
    assert any("at the same time" in line for line in pair.context)


def test_judging_taking_back_and_every_step_on_record(linked, models):
    number = sampled(wanted=False)
    before = people()
    judge(number, "ada", "not_same", models)
    assert not are_one(number)
    pair = pair_of(number, sees("ada"), models)
    assert (pair.own["judged_by"], pair.own["method"]) == ("ada", "by hand")
    deciding.take_back(viewer=sees("ben"), pair=pair, reason="It was hasty.")
    assert people() == before
    again = pair_of(number, sees("ada"), models)
    assert again.own["method"].startswith("model ")
    with pytest.raises(DataRejectedError, match="No person made"):
        deciding.take_back(viewer=sees("ben"), pair=again, reason="Once more.")


def test_a_second_reader_is_asked_of_some_and_never_who_read_first(linked, models):
    number = sampled(wanted=True)
    judge(number, "ada", "same", models)
    reference = pair_of(number, sees("ada"), models).reference

    def asked(name, why=Waiting.SECOND):
        return reference in {pair.reference for pair in desk(sees(name)).lists[why]}

    assert asked("ben")
    assert not asked("ada")
    with pytest.raises(NotPermittedError, match="first to read"):
        deciding.read_second(viewer=sees("ada"), pair=pair_of(number, sees("ada"), models),
                             judgement="same", reason="Again.")  # fmt: skip
    deciding.read_second(viewer=sees("ben"), pair=pair_of(number, sees("ben"), models),
                         judgement="not_same", reason="Brothers.")  # fmt: skip
    assert not are_one(number), "where readers differ nobody is linked"
    assert asked("cy", Waiting.DIFFER)
    told = desk(sees("cy")).agreement
    assert (told.pairs, told.alike) == (1, 0.0)
    with pytest.raises(NotPermittedError, match="takes a third"):
        judge(number, "ben", "same", models)
    judge(number, "cy", "same", models)
    assert are_one(number)
    assert not asked("ada", Waiting.DIFFER)


def test_a_contested_link_stands_first_until_somebody_judges_it(linked, models):
    number = sampled(wanted=False)
    pair = pair_of(number, sees("ada"), models, "identity:explain")
    deciding.contest(viewer=sees("ada"), pair=pair, reason="That is my brother.")
    sequence_pending()
    assert are_one(number)
    assert desk(sees("ben")).order[0].reference == pair.reference
    judge(number, "ben", "not_same", models)
    assert not desk(sees("ben")).lists[Waiting.CONTESTED]
    with pytest.raises(DataRejectedError, match="without a reason"):
        deciding.contest(viewer=sees("ada"), pair=pair, reason=" ")


@pytest.fixture
def decided():
    """Return what writes a decision reported to us, and one made here, about somebody linked."""

    def write(number):
        with recording(BUILDER, "world:build", object_kind="world", object_ref="people",
                       reason="a test", batch=uuid.uuid4()) as rec:  # fmt: skip
            for holder, key in (("NSP:PSD", "reported"), ("ONRECORD:DESK", "here")):
                append_fact(rec, "reported_decision", {
                    "lineage": lineage_of(holder, "reported_decision", key),
                    "known_on": date(2199, 1, 1), "holder_id": ensure_holder(holder).pk,
                    "record_lineage": record("NSP:PSD", number), "decided_on": date(2199, 1, 1),
                    "decision_type": "no_further_action",
                })  # fmt: skip
        sequence_pending()

    return write


def test_what_relied_on_a_link_is_told_and_a_question_opened_about_what_was_decided_here(
    linked, models, decided
):
    number = sampled(wanted=False)
    decided(number)
    relied = judge(number, "ada", "not_same", models)
    assert [deciding.is_made_here(each) for each in relied] == [False, True]
    assert Task.objects.filter(title__contains="no longer stands").count() == 1


def test_a_pair_of_which_one_is_sealed_is_not_there(linked, models):
    number = sampled(wanted=False)
    pair = pair_of(number, sees("ada"), models)
    head = owner()
    wall = opened(head)
    seal_thing(viewer=head, number=wall.pk, thing_kind="person", lineage=record("NSP:PSD", number))
    with pytest.raises(NotFoundError):
        pair_of(number, sees("ada"), models)
    waiting = {each.reference for many in desk(sees("ada")).lists.values() for each in many}
    assert pair.reference not in waiting


def test_every_reference_and_who_was_parted_are_told(linked, models):
    number = sampled(wanted=False)
    one, other = record("NSP:HR", number), record("NSP:PSD", number)
    asked = public_reference("P", max(one, other))
    person, found = pairs.pairs_of_person(sees("ada"), asked, verb="identity:explain")
    assert set(person.references) == {public_reference("P", each) for each in (one, other)}
    assert [each.own["judgement"] for each in found] == ["same"]
    judge(number, "ada", "not_same", models)
    person, _ = pairs.pairs_of_person(
        sees("ada"), public_reference("P", one), verb="identity:explain"
    )
    assert [each.reference for each in person.parted] == [public_reference("P", other)]


def test_a_second_reader_who_parts_two_is_told_what_relied_on_it_and_is_undone(
    linked, models, decided
):
    number = sampled(wanted=True)
    decided(number)
    judge(number, "ada", "same", models)
    before = people()
    relied = deciding.read_second(
        viewer=sees("ben"), pair=pair_of(number, sees("ben"), models), judgement="not_same",
        reason="Brothers.",
    )  # fmt: skip
    assert [deciding.is_made_here(each) for each in relied] == [False, True]
    assert Task.objects.filter(title__contains="no longer stands").count() == 1
    (second,) = facts_where(
        View(current_position()), "identity_judgement", f"method = '{SECOND_READING}'"
    )
    take_back_act(actor=actor_of(sees("ben")), verb="identity:judge", undone=second.event_id,
                  about=("person_record", "one"), reason="Read in haste.")  # fmt: skip
    rebuild_projections()
    assert people() == before


def test_two_whom_a_third_alone_joins_are_told_of_too(linked, models, decided):
    """What is judged of a pair that only hangs together by others asks since when the others joined it."""
    number = sampled(wanted=False)
    decided(number)
    one, other, third = (
        record("NSP:HR", number),
        record("NSP:PSD", number),
        record("NSP:HR", number + 1),
    )
    judge(number, "ada", "undecided", models)
    for end in (one, other):
        judge_identity(actor=actor_of(sees("ada")), record_a=end, record_b=third, judgement="same",
                       reason="Both are the third.")  # fmt: skip
    relied = deciding.decisions_relying(sees("ada"), pair_of(number, sees("ada"), models))
    assert len(relied) == 2


def test_two_people_are_joined_by_hand_of_whom_the_model_says_nothing(linked, models):
    one, other = (public_reference("P", record("NSP:HR", number)) for number in (1, 2))
    ada = sees("ada")
    reference = deciding.join_people(
        viewer=ada, one=one, other=f" {other} ", reason="Her deed poll."
    )
    pair = pairs.pair_named(ada, reference, verb="identity:explain", models=models)
    assert (pair.own["judgement"], pair.own["judged_by"]) == ("same", "ada")
    with pytest.raises(DataRejectedError, match="one person already"):
        deciding.join_people(viewer=ada, one=one, other=other, reason="Again.")
    with pytest.raises(DataRejectedError, match="without a reason"):
        deciding.join_people(viewer=ada, one=one, other=other, reason=" ")
    deciding.take_back(viewer=ada, pair=pair, reason="Another woman's.")
    assert public_reference("P", record("NSP:HR", 2)) == other
    person, _ = pairs.pairs_of_person(ada, other, verb="identity:explain")
    assert one not in person.references


def test_nobody_is_joined_with_whom_a_wall_hides(linked):
    head = owner()
    wall = opened(head)
    seal_thing(viewer=head, number=wall.pk, thing_kind="person", lineage=record("NSP:HR", 2))
    one, other = (public_reference("P", record("NSP:HR", number)) for number in (1, 2))
    with pytest.raises(NotFoundError) as hidden:
        deciding.join_people(viewer=sees("ada"), one=one, other=other, reason="Her deed poll.")
    never = public_reference("P", uuid.UUID(int=7 << 80))
    with pytest.raises(NotFoundError) as missing:
        deciding.join_people(viewer=sees("ada"), one=one, other=never, reason="Her deed poll.")
    assert str(hidden.value).replace(other, "") == str(missing.value).replace(never, "")
