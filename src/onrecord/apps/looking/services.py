"""Let the rules speak about the looks of a while, and keep what a responsible officer says of it."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from onrecord.apps.access.models import User
from onrecord.apps.access.policies import require
from onrecord.apps.audit.services import recording
from onrecord.apps.looking.models import LookAlert, LookAnswer, LookSaid
from onrecord.apps.looking.reading import read_since
from onrecord.apps.looking.selectors import alert as alert_of
from onrecord.apps.looking.selectors import asked_about
from onrecord.core.kernel.errors import DataRejectedError
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.ledger.actors import Actor, ActorKind, actor_of
from onrecord.core.looking.finding import Finding
from onrecord.core.looking.rules import rules
from onrecord.core.looking.watching import findings

_JOB = Actor("onrecord", ActorKind.SYSTEM)


def check_looks(since: datetime) -> int:
    """Run every rule over the looks since a moment; keep what they say. Return how much was new.

    Asked twice, it keeps nothing twice.
    """
    read = read_since(since)
    spoke = [one for one in findings(read.looks, read.known) if one.at >= since]
    users = {user.username: user for user in User.objects.all()}
    new = list(_not_told(spoke))
    new = [one for one in new if one.account in users]
    if new:
        with recording(
            _JOB, "look:check", object_kind="looks", object_ref="rules", reason="the daily check"
        ) as rec:
            rec.describe(alerts=len(new))
            LookAlert.objects.bulk_create(_alert(one, users[one.account]) for one in new)
    return len(new)


def _not_told(spoke: Iterable[Finding]) -> Iterator[Finding]:
    """Yield what has not been told, nor the same of the same thing within the rule's quiet days.

    Where the looks that are read begin moves with the day, and with it where a rule's
    quiet begins: only what was written says what an officer has been told.
    """
    for one in spoke:
        quiet = one.at - timedelta(days=rules()[one.rule].quiet_days)
        told = LookAlert.objects.filter(
            rule=one.rule, account__username=one.account, about=one.about,
            looked_at__gt=quiet, looked_at__lte=one.at,
        )  # fmt: skip
        if not told.exists():
            yield one


def _alert(one: Finding, account: User) -> LookAlert:
    return LookAlert(
        rule=one.rule, version=one.version, account=account, about=one.about,
        organisation_code=account.organisation_code, looked_at=one.at,
        sentence=one.sentence, unless=one.unless, rows=list(one.rows),
    )  # fmt: skip


def answer_alert(*, viewer: Viewer, number: int, outcome: str, words: str) -> LookAnswer:
    """Say what was made of an alert; a later answer stands over an earlier one.

    Raises:
        DataRejectedError: nothing is said.
        NotFoundError: no such alert, or one about the officer themselves.
    """
    require(viewer, "look:answer")
    alert = alert_of(viewer, number)
    if not words.strip() or outcome not in dict(LookAnswer.OUTCOMES):
        raise DataRejectedError(
            "Say what you made of it, and why.", next_step="One sentence is enough."
        )
    with recording(
        actor_of(viewer), "look:answer", object_kind="alert", object_ref=str(alert.pk),
        reason="answered",
    ):  # fmt: skip
        return LookAnswer.objects.create(
            alert=alert, by=User.objects.get(username=viewer.name), outcome=outcome, words=words
        )


def say_how_it_was(*, viewer: Viewer, number: int, words: str) -> LookSaid:
    """Say how one's own look came about, having been asked. The officer reads it; it is kept.

    Raises:
        DataRejectedError: nothing is said.
        NotFoundError: this account was not asked about that alert.
    """
    alert = asked_about(viewer, number)
    if not words.strip():
        raise DataRejectedError("Say how it was.", next_step="One sentence is enough.")
    with recording(
        actor_of(viewer), "look:say", object_kind="alert", object_ref=str(alert.pk),
        reason="asked how it was",
    ):  # fmt: skip
        return LookSaid.objects.create(
            alert=alert, by=User.objects.get(username=viewer.name), words=words
        )
