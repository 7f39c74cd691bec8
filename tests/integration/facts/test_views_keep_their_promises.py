"""The promises of a view, over random histories of many things at once."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integration.facts.desk import Desk, answers, day
from integration.facts.random_histories import DAYS, KINDS, World

THINGS = 34
often = settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
a_history = (st.randoms(use_true_random=False), st.integers(1, 5))


def _grown(desk, rnd, steps):
    world = World.of(desk, rnd, THINGS)
    world.act([world.version(thing, kind) for thing, kind in world.things()])
    for _ in range(steps):
        world.step()
    return world


def _all(world, view):
    things = [thing for thing, _ in world.things()]
    return answers(view, world.records, world.cases, things, KINDS)


def _views(desk, position=None):
    """Return, for some days, the joined-up view and that of some ways of holding."""
    at = {} if position is None else {"position": position}
    through = [desk.view(on, held=held, **at) for on in (0, 2) for held in (None, (1, 2))]
    last = [desk.view(DAYS - 1, held=held, **at) for held in (None, (0,))]
    return [*through, *last, desk.view(DAYS, includes_day=False, **at)]


def test_changing_any_fact_known_after_a_day_never_changes_an_answer_as_at_that_day(store):
    desk = Desk()

    @often
    @given(*a_history, st.integers(1, 4))
    def holds(rnd, steps, later_steps):
        world = _grown(desk, rnd, steps)
        before = [_all(world, view) for view in _views(desk)]
        first_later = len(world.naive.acts)
        for _ in range(later_steps):
            chosen = rnd.sample(world.things(), rnd.randint(1, len(world.things())))
            world.act([world.version(thing, kind, DAYS) for thing, kind in chosen])
            late = [place for place in world.undoable() if place >= first_later]
            if late and rnd.random() < 0.4:
                world.undo(rnd.choice(late))
        assert [_all(world, view) for view in _views(desk)] == before

    holds()


def test_two_records_that_differ_in_what_was_known_later_give_one_answer_as_at_a_day(store):
    desk = Desk()

    @often
    @given(*a_history)
    def holds(rnd, steps):
        world = _grown(desk, rnd, steps)
        twin = World.of(desk, rnd, 0)
        twin.records, twin.cases, twin.others = world.records, world.cases, world.others
        day_asked = rnd.randint(0, DAYS - 2)
        told = [_all(world, view) for view in _as_at(desk, day_asked)]
        acts = list(world.naive.acts)
        for place in world.undoable():
            world.undo(place)  # the same things from here on, told again without what came later
        told_again = {}
        for place, act in enumerate(acts):
            kept = [_altered(v, rnd) if v.known_on > day(day_asked) else v for v in act.versions]
            if any(kept):
                told_again[place] = len(twin.written)
                twin.act([version for version in kept if version])
            elif act.undoes in told_again:
                twin.undo(told_again[act.undoes])
        assert [_all(twin, view) for view in _as_at(desk, day_asked)] == told

    def _altered(version, rnd):
        """Leave a later fact out, or say something else in it, later still."""
        if rnd.random() < 0.5 or version.change == "mistake":
            return None
        later = version.known_on + timedelta(days=rnd.randint(0, 400))
        return replace(version, text="altered", known_on=later, subject=None, gone=False)

    holds()


def _as_at(desk, on):
    return [desk.view(on, held=held) for held in (None, (0,), (1, 2))]


def test_a_mistake_put_right_changes_what_is_recorded_from_then_on_and_nothing_before(store):
    desk = Desk()

    @often
    @given(*a_history)
    def holds(rnd, steps):
        world = _grown(desk, rnd, steps)
        last = world.written[-1].position
        before = {view: _all(world, view) for view in _views(desk, last)}
        wrong = rnd.choice([v for a in world.naive.acts for v in a.versions if v.kind != "holding"])
        right = replace(world.version(wrong.thing, wrong.kind), change="mistake", gone=False,
                        known_on=wrong.known_on, text="put right", subject=world.records[0],
                        case=world.cases[0], holder=wrong.holder)  # fmt: skip
        world.act([right])
        assert {view: _all(world, view) for view in before} == before
        now = world.written[-1].position
        for view, told in before.items():
            later = replace(view, position=now)
            if not view.admits_known_on(wrong.known_on):
                assert _all(world, later) == told
        shown = str(_all(world, replace(desk.view(), on=wrong.known_on, position=now)))
        assert "put right" in shown

    holds()


def test_what_was_recorded_by_a_position_is_the_same_for_ever(store):
    desk = Desk()

    @often
    @given(*a_history, st.integers(1, 4))
    def holds(rnd, steps, more):
        world = _grown(desk, rnd, steps)
        views = [world.random_view()[0] for _ in range(6)]
        views += [replace(view, position=world.written[-1].position) for view in views]
        before = [_all(world, view) for view in views]
        for _ in range(more):
            world.step()
        if world.undoable():
            world.undo(rnd.choice(world.undoable()))
        assert [_all(world, view) for view in views] == before

    holds()


def test_before_a_day_is_through_the_day_before_it(store):
    desk = Desk()

    @often
    @given(*a_history)
    def holds(rnd, steps):
        world = _grown(desk, rnd, steps)
        for on in range(DAYS + 1):
            for held in (None, (0,)) if on == 2 else (None,):
                before = desk.view(on, held=held, includes_day=False)
                through = desk.view(on - 1, held=held)
                assert _all(world, before) == _all(world, through)

    holds()
