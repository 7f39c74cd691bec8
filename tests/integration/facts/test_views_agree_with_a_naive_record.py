"""Random histories: what the store shows is what a list, a filter and a sort would show."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integration.facts.desk import Desk
from integration.facts.random_histories import KINDS, World, told_by_naive, told_by_store
from onrecord.apps.facts.reading import facts_by, facts_of_cases, facts_of_records

THINGS = 24
EXAMPLES = 20
VIEWS = 10
often = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def _grown(desk, rnd, steps):
    world = World.of(desk, rnd, THINGS)
    world.act([world.version(thing, kind) for thing, kind in world.things()])
    for _ in range(steps):
        world.step()
    return world


def test_every_answer_by_kind_is_the_one_a_naive_record_gives(store):
    desk = Desk()

    @often
    @given(st.randoms(use_true_random=False), st.integers(1, 7))
    def holds(rnd, steps):
        world = _grown(desk, rnd, steps)
        things = [thing for thing, _ in world.things()]
        for _ in range(VIEWS):
            view, moment = world.random_view()
            for kind in KINDS:
                shown = sorted(
                    map(told_by_store, facts_by(view, kind, "lineage", things)), key=repr
                )
                assert shown == sorted(
                    map(told_by_naive, world.naive.shown(moment, kind)), key=repr
                )

    holds()


def test_every_answer_about_people_and_cases_is_the_one_a_naive_record_gives(store):
    desk = Desk()

    @often
    @given(st.randoms(use_true_random=False), st.integers(1, 7))
    def holds(rnd, steps):
        world = _grown(desk, rnd, steps)
        records, cases = world.records[:2], world.cases[:2]
        for _ in range(3):
            view, moment = world.random_view()
            shown = {k: world.naive.shown(moment, k) for k in KINDS if k != "holding"}
            of_records = [
                v for kind, found in shown.items() for v in found
                if (v.thing if kind == "person_record" else v.subject) in records
            ]  # fmt: skip
            of_cases = [
                v for kind, found in shown.items() for v in found
                if kind != "person_record"
                and (v.thing if kind == "case_reported" else v.case) in cases
            ]  # fmt: skip
            assert {told_by_store(f) for f in facts_of_records(view, records)} == set(
                map(told_by_naive, of_records)
            )
            assert {told_by_store(f) for f in facts_of_cases(view, cases)} == set(
                map(told_by_naive, of_cases)
            )

    holds()
