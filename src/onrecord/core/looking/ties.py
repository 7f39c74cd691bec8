"""Rules for which one look is enough: who is looked at, by whom."""

from datetime import timedelta

from onrecord.core.looking.finding import Scene, Seen
from onrecord.core.looking.rules import Rule
from onrecord.core.looking.stream import Period


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
        is_subject = any(
            period.holds(scene.look.at)
            for period in scene.known.under_investigation.get(person, ())
        )
        if is_subject and person != scene.account.person and _serves_with(scene, person):
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
    """See a look at a victim by somebody tied to the subject, or of the subject's unit."""
    del rule
    for person in scene.look.people:
        for subject in scene.known.victims_of.get(person, ()):
            is_close = subject in scene.account.ties or subject == scene.account.person
            if is_close or (not scene.is_expected and _serves_with(scene, subject)):
                return _one(scene, person)
    return None


def on_leave(rule: Rule, scene: Scene) -> Seen | None:
    """See a look by somebody who is away."""
    grace = timedelta(minutes=rule.threshold["grace_minutes"])
    for away in scene.account.leave:
        if away.holds(scene.look.at) and scene.look.at >= away.start + grace:
            return _one(scene, "")
    return None


def after_removal(rule: Rule, scene: Scene) -> Seen | None:
    """See somebody come back to what they no longer work on."""
    if scene.is_expected:
        return None
    grace = timedelta(minutes=rule.threshold["grace_minutes"])
    longest = timedelta(days=rule.threshold["within_days"])
    for thing in scene.known.things_of(scene.look):
        for period in scene.account.circles.get(thing, ()):
            since = _since(period, scene)
            if since is not None and grace <= since <= longest:
                hours = max(1, int(since.total_seconds() // 3600))
                return Seen(thing, (scene.look,), (("hours", hours),))
    return None


def _since(period: Period, scene: Scene) -> timedelta | None:
    return scene.look.at - period.end if period.end is not None else None


def _serves_with(scene: Scene, person: str) -> bool:
    return not scene.account.units.isdisjoint(scene.known.units.get(person, frozenset()))


def _one(scene: Scene, about: str) -> Seen:
    return Seen(about, (scene.look,))
