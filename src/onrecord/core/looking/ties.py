"""Rules for which one look is enough: who is looked at, by whom."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from onrecord.core.looking.finding import Scene, Seen, visits
from onrecord.core.looking.rules import Rule
from onrecord.core.looking.stream import Look


def own_record(rule: Rule, scene: Scene) -> Seen | None:
    """See a look at oneself, refused or not."""
    del rule
    own = scene.account.person
    return _one(scene, own) if own and own in scene.look.people else None


def declared_tie(rule: Rule, scene: Scene) -> Seen | None:
    """See a look at a relative, partner or associate; work is no reason for it."""
    del rule
    return next((_one(scene, who) for who in scene.look.people if who in scene.account.ties), None)


def colleague(rule: Rule, scene: Scene) -> Seen | None:
    """See a look at somebody of one's own unit who is under investigation."""
    del rule
    if scene.is_expected:
        return None
    for person in scene.look.people:
        if person != scene.account.person and _is_colleague_under_investigation(scene, person):
            return _one(scene, person)
    return None


def neighbour(rule: Rule, scene: Scene) -> Seen | None:
    """See a look at somebody who shares one's address code."""
    del rule
    address = scene.account.address
    if scene.is_expected or not address:
        return None
    for person in scene.look.people:
        if person != scene.account.person and scene.known.addresses.get(person) == address:
            return _one(scene, person)
    return None


def victim(rule: Rule, scene: Scene) -> Seen | None:
    """See a look at a victim by somebody tied to the subject, or visits by one of their unit."""
    for person in scene.look.people:
        for subject in scene.known.victims_of.get(person, ()):
            if subject in scene.account.ties or subject == scene.account.person:
                return Seen(person, (scene.look,), (("times", 1),))
            if not scene.is_expected and _is_colleague_under_investigation(scene, subject):
                came = _came_for(rule, scene, person)
                if len(came) >= rule.threshold["times_for_a_unit"]:
                    return Seen(person, came, (("times", len(came)),))
    return None


def on_leave(rule: Rule, scene: Scene) -> Seen | None:
    """See somebody who is away look at what is not their work, unless their shift runs on."""
    del rule
    if scene.is_expected:
        return None
    began = scene.memory.shift_began
    for away in scene.account.leave:
        if away.holds(scene.look.at) and began is not None and began >= away.start:
            return _one(scene, "")
    return None


def after_removal(rule: Rule, scene: Scene) -> Seen | None:
    """See somebody come back to what they no longer work on.

    One question within two days of a hand-over is work. Coming back, or opening the
    case itself later than that, is told.
    """
    if scene.is_expected:
        return None
    limits, known = rule.threshold, scene.known
    for thing in known.things_of(scene.look):
        left = _left(limits, scene, thing)
        if left is None:
            continue
        came = tuple(
            look
            for look in scene.lately(timedelta(days=limits["days"]))
            if look.at >= left and thing in known.things_of(look)
        )
        since = scene.look.at - left
        late = since >= timedelta(hours=limits["one_is_enough_after_hours"])
        is_itself = thing in {scene.look.case, scene.look.ref}
        enough = limits["times" if is_itself else "times_for_its_people"]
        if len(came) >= enough or (late and is_itself):
            numbers = (("times", max(1, len(came))), ("hours", int(since.total_seconds() // 3600)))
            return Seen(thing, came or (scene.look,), numbers)
    return None


def _left(limits: Mapping[str, int], scene: Scene, thing: str) -> datetime | None:
    """Return when this account last left the circle of `thing`, if that is no hand-over still."""
    ends = [one.end for one in scene.account.circles.get(thing, ()) if one.end is not None]
    left = max((end for end in ends if end <= scene.look.at), default=None)
    if left is None:
        return None
    since = scene.look.at - left
    grace, longest = (
        timedelta(minutes=limits["grace_minutes"]),
        timedelta(days=limits["within_days"]),
    )
    return left if grace <= since <= longest else None


def _came_for(rule: Rule, scene: Scene, person: str) -> tuple[Look, ...]:
    looks = scene.lately(timedelta(days=rule.threshold["days"]))
    apart = timedelta(minutes=rule.threshold["apart_minutes"])
    return visits((look for look in looks if person in look.people), apart)


def _is_colleague_under_investigation(scene: Scene, person: str) -> bool:
    periods = scene.known.under_investigation.get(person, ())
    return any(period.holds(scene.look.at) for period in periods) and _serves_with(scene, person)


def _serves_with(scene: Scene, person: str) -> bool:
    return not scene.account.units.isdisjoint(scene.known.units.get(person, frozenset()))


def _one(scene: Scene, about: str) -> Seen:
    return Seen(about, (scene.look,))
