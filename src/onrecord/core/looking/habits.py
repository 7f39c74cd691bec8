"""Rules for which several looks are needed: how somebody goes about looking."""

from datetime import timedelta

from onrecord.core.kernel.clock import UK_TIME
from onrecord.core.looking.finding import Scene, Seen, plain, visits
from onrecord.core.looking.rules import Rule

_SEARCHES = ("search", "searches")
TAKES_OUT = frozenset(
    {"batch:rejects", "case:disclose", "document:take", "export:take", "export:take_large"}
)
"""The verbs by which something leaves here as a file; each stands in the table of permissions."""


def trawl(rule: Rule, scene: Scene) -> Seen | None:
    """See many different people opened, or many searches made, in a short time."""
    if scene.is_expected or scene.look.was_refused:
        return None
    looks = scene.lately(timedelta(minutes=rule.threshold["minutes"]))
    people = {person for look in looks for person in look.people}
    searches = sum(1 for look in looks if look.kind in _SEARCHES)
    if len(people) < rule.threshold["people"] and searches < rule.threshold["searches"]:
        return None
    minutes = rule.threshold["minutes"]
    return Seen("", looks, (("people", len(people)), ("searches", searches), ("minutes", minutes)))


def again_and_again(rule: Rule, scene: Scene) -> Seen | None:
    """See somebody come back to one person, each time after having been elsewhere for a while."""
    if scene.is_expected or scene.look.was_refused:
        return None
    looks = scene.lately(timedelta(days=rule.threshold["days"]))
    apart = timedelta(minutes=rule.threshold["apart_minutes"])
    for person in scene.look.people:
        came = visits((look for look in looks if person in look.people), apart)
        if len(came) >= rule.threshold["times"]:
            numbers = (("times", len(came)), ("days", rule.threshold["days"]))
            return Seen(person, came, numbers)
    return None


def odd_hours_export(rule: Rule, scene: Scene) -> Seen | None:
    """See something taken out at an hour at which this account is not otherwise at work."""
    if scene.look.was_refused or scene.look.verb not in TAKES_OUT:
        return None
    here, limits = scene.look.at.astimezone(UK_TIME), rule.threshold
    seen = scene.memory.days_before(here.date(), limits["within_days"])
    at_this_hour = scene.memory.days_at(
        here.hour, here.date(), within=limits["within_days"],
        either_side=limits["hours_either_side"],
    )  # fmt: skip
    if seen < limits["days_seen"] or at_this_hour >= limits["usual_from_days"]:
        return None
    looks = scene.lately(timedelta(hours=limits["looked_hours"]))
    if not any(look.people for look in looks):
        return None
    return Seen("", (*looks, scene.look), (("clock", f"{here:%H:%M}"), ("days", seen)))


def refused(rule: Rule, scene: Scene) -> Seen | None:
    """See somebody try door after door.

    A wrong list is refused at once and then leaves off; somebody who tries goes on, or
    tries very many.
    """
    if not scene.look.was_refused:
        return None
    reach = timedelta(minutes=rule.threshold["minutes"])
    looks = tuple(look for look in scene.memory.refused if scene.look.at - look.at <= reach)
    goes_on = looks[-1].at - looks[0].at >= timedelta(
        minutes=rule.threshold["going_on_for_minutes"]
    )
    if len(looks) < rule.threshold["times" if goes_on else "at_once_times"]:
        return None
    return Seen("", looks, (("times", len(looks)), ("minutes", rule.threshold["minutes"])))


def copied_reason(rule: Rule, scene: Scene) -> Seen | None:
    """See one reason given, word for word, for many people.

    What many accounts write is the house's stock phrase, and needs more people.
    """
    if scene.is_expected or scene.look.was_refused or not scene.look.people:
        return None
    reason = plain(scene.look.reason)
    looks = tuple(
        look
        for look in scene.lately(timedelta(days=rule.threshold["days"]))
        if look.people and plain(look.reason) == reason
    )
    people = {person for look in looks for person in look.people}
    is_stock = len(scene.givers.get(reason, ())) >= rule.threshold["stock_from_accounts"]
    if not reason or len(people) < rule.threshold["stock_people" if is_stock else "people"]:
        return None
    return Seen("", looks, (("people", len(people)), ("days", rule.threshold["days"])))
