"""What waits in the morning for whoever answers alerts about looking."""

from collections.abc import Iterable
from datetime import date

from onrecord.apps.access.policies import may
from onrecord.apps.looking.selectors import alerts, asked_of
from onrecord.apps.work.morning import SHOWN, Item, Line, register
from onrecord.core.kernel.viewers import Viewer


def listen() -> None:
    """Add a line to the morning meeting."""
    register("looking", _waiting, after=60)
    register("looking-asked", _asked, after=61)


def _waiting(viewer: Viewer, on: date) -> Iterable[Line]:
    del on
    if not may(viewer, "look:answer"):
        return
    found = [alert for alert in alerts(viewer) if alert.is_waiting]
    items = tuple(
        Item(f"{alert.looked_at:%d.%m}", alert.rule.replace("-", " ")) for alert in found[:SHOWN]
    )
    yield Line("Unusual looking to be answered", "alerts", len(found), items)


def _asked(viewer: Viewer, on: date) -> Iterable[Line]:
    del on
    found = [alert for alert in asked_of(viewer) if alert.is_asked]
    if found:  # nobody is told every morning that they might have been asked
        yield Line("You were asked how a look came about", "questions about a look", len(found), tuple(
            Item(f"{alert.looked_at:%d.%m}", "Say how it was") for alert in found[:SHOWN]
        ), place="list:looks")  # fmt: skip
