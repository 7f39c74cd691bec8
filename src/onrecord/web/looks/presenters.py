"""What the pages about looking say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.urls import reverse

from onrecord.apps.looking.selectors import PastLook
from onrecord.core.looking.rules import rules
from onrecord.web.components.data_table.component import Cell, DataTable, Row, columns, short
from onrecord.web.components.summary.component import Line
from onrecord.web.components.tag.component import Tag
from onrecord.web.looks.forms import OUTCOMES
from onrecord.web.wording.dates import uk_moment


class AlertSeen(Protocol):
    """What a page needs of an alert."""

    pk: int
    rule: str
    version: int
    account: Any
    about: str
    looked_at: datetime
    made_at: datetime
    sentence: str
    unless: str
    answers: Any
    said: Any

    @property
    def is_waiting(self) -> bool:
        """Tell whether it waits for the officer."""
        ...

    @property
    def is_asked(self) -> bool:
        """Tell whether it waits for the person whom it is about."""
        ...


@dataclass(frozen=True, slots=True)
class Said:
    """One answer, as it is read."""

    what: str
    who: str
    words: str


@dataclass(frozen=True, slots=True)
class AlertShown:
    """Everything that the page of an alert writes."""

    title: str
    sentence: str
    unless: str
    about: tuple[Line, ...]
    looks: DataTable
    answers: tuple[Said, ...]


def alerts_shown(alerts: Sequence[AlertSeen]) -> DataTable:
    """Return the alerts as a table."""
    return DataTable(
        caption="Alerts, those without an answer first",
        columns=columns("What", "Who", "When", "Answer"),
        rows=tuple(
            Row((
                Cell(_title(alert), href=reverse("looks:alert", args=[alert.pk])),
                Cell(alert.account.display_name, note=alert.about),
                Cell(uk_moment(alert.looked_at)),
                _answered(alert),
            ))
            for alert in alerts
        ),
        empty="Nothing unusual has been told.",
    )  # fmt: skip


def alert_shown(alert: AlertSeen, looks: Sequence[PastLook]) -> AlertShown:
    """Return one alert with the looks it rests on."""
    return AlertShown(
        title=_title(alert),
        sentence=alert.sentence,
        unless=alert.unless,
        about=(
            Line("Account", f"{alert.account.display_name} ({alert.account.username})"),
            Line("About", alert.about or "Nothing in particular"),
            Line("Looked at", uk_moment(alert.looked_at)),
            Line("Told", uk_moment(alert.made_at)),
            Line("Rule", f"{alert.rule}, version {alert.version}"),
        ),
        looks=looks_shown(looks, "The looks that it rests on, newest first", "None are left."),
        answers=_exchange(alert, everything=True),
    )


def _exchange(alert: AlertSeen, *, everything: bool) -> tuple[Said, ...]:
    """Return what officers and the person said, in order; the person is not told of what goes on elsewhere."""
    told = [
        (one.at, Said(dict(OUTCOMES)[one.outcome].partition(":")[0],
                      f"{one.by.display_name}, {uk_moment(one.at)}", one.words))
        for one in alert.answers.all()
        if everything or one.outcome in TOLD
    ]  # fmt: skip
    told += [
        (one.at, Said("How it was", f"{one.by.display_name}, {uk_moment(one.at)}", one.words))
        for one in alert.said.all()
    ]
    return tuple(said for _, said in sorted(told, key=lambda pair: pair[0]))


TOLD = frozenset({"asked", "explained", "mistaken"})
"""What the person concerned is told of an officer's answers."""


def asked_shown(alerts: Sequence[AlertSeen]) -> DataTable | None:
    """Return what the reader was asked about; nothing where nobody asked."""
    rows = tuple(
        Row((
            Cell(_title(alert), href=reverse("looks:said", args=[alert.pk])),
            Cell(uk_moment(alert.looked_at)),
            Cell("Waiting for you" if alert.is_asked else "Answered"),
        ))
        for alert in alerts
    )  # fmt: skip
    caption = "You were asked how these looks came about"
    return DataTable(caption, columns("What", "When", "Answer"), rows) if rows else None


@dataclass(frozen=True, slots=True)
class QuestionShown:
    """What somebody was asked about a look of theirs."""

    title: str
    sentence: str
    unless: str
    looks: DataTable
    exchange: tuple[Said, ...]


def question_shown(alert: AlertSeen, looks: Sequence[PastLook]) -> QuestionShown:
    """Return what the reader was asked, and what has been said since."""
    return QuestionShown(
        title=_title(alert),
        sentence=alert.sentence,
        unless=alert.unless,
        looks=looks_shown(looks, "The looks that it rests on, newest first", "None are left."),
        exchange=_exchange(alert, everything=False),
    )


def looks_shown(looks: Sequence[PastLook], caption: str, empty: str) -> DataTable:
    """Return looks as a table."""
    return DataTable(
        caption=caption,
        columns=columns("When", "Who", "At what", "Why they said", "Where"),
        rows=tuple(
            Row((
                short(uk_moment(look.at)),
                Cell(look.account),
                Cell(look.reference, tag=Tag("Refused", "grey") if look.was_refused else None),
                Cell(look.reason),
                Cell(look.page),
            ))
            for look in looks
        ),
        empty=empty,
    )  # fmt: skip


def _title(alert: AlertSeen) -> str:
    rule = rules().get(alert.rule)
    return rule.title if rule else alert.rule


def _answered(alert: AlertSeen) -> Cell:
    answers = list(alert.answers.all())
    if alert.is_waiting:
        return Cell("Waiting", note="They have said how it was" if answers else "")
    return Cell(dict(OUTCOMES)[answers[-1].outcome].partition(":")[0])
