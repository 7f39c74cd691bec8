"""Say in sentences why an item is in scope, or why it is out."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from onrecord.core.cohorts.definition import Definition
from onrecord.core.cohorts.reasons import MEANINGS, Reason

type Item = Mapping[str, Any]


def item_sentences(definition: Definition, item: Item) -> list[str]:
    """Return the verdict on one item and everything it rests on."""
    who = item["person_reference"] or "A person not identified"
    subject = f"{who} in {item['case_reference']}"
    if item["is_in"]:
        return [f"{subject} is in scope.", *_passed(definition, item)]
    first, *rest = (_failed(definition, item, Reason(code)) for code in item["reasons"])
    return [f"{subject} is out of scope: {first}", *(f"Also: {other}" for other in rest)]


def _passed(definition: Definition, item: Item) -> Iterator[str]:
    yield _content(item)
    if definition.completed_only:
        yield "The case is finished with."
    yield f"It was {definition.period.date_basis} on {_day(item['case_date'])}, {_within(definition)}."
    if definition.held_by:
        yield f"It is held by {item['holder']}."
    if definition.case_types:
        yield f"Its type is {item['case_type']}."
    if definition.dispositions:
        yield "An allegation in it ended in a way asked for."
    if definition.person_types:
        yield "The person is of a type asked for."
    if serving := definition.serving_on:
        began = f" (service from {_day(item['service_from'])})" if item["service_from"] else ""
        yield f"The person was serving on {_day(serving.date)}{began}."
    if definition.not_dismissed:
        yield "No dismissal of the person, and none as an outcome of the case, is on record."


def _content(item: Item) -> str:
    count = len(item["allegations"])
    if not count:
        return "The person is its subject; it makes no allegation, and cases of its type count without."
    return f"The person is the subject of {count} of its allegations of the kinds asked for."


def _failed(definition: Definition, item: Item, reason: Reason) -> str:
    detail = _DETAILS.get(reason)
    return detail(definition, item) if detail else MEANINGS[reason]


def _outside(definition: Definition, item: Item) -> str:
    basis = definition.period.date_basis
    return f"It was {basis} on {_day(item['case_date'])}, not {_within(definition)}."


def _no_date(definition: Definition, _item: Item) -> str:
    return f"No date on which it {_WAS[definition.period.date_basis]} is on record."


def _held(_definition: Definition, item: Item) -> str:
    return f"The case is held by {item['holder'] or 'a holder not known'}."


def _of_type(_definition: Definition, item: Item) -> str:
    return f"The case is of type {item['case_type'] or 'not known'}."


def _left(definition: Definition, item: Item) -> str:
    ended = f"; service ended on {_day(item['service_to'])}" if item["service_to"] else ""
    return f"The person was no longer serving on {_selection_day(definition)}{ended}."


def _not_yet(definition: Definition, item: Item) -> str:
    return (
        f"The person was not yet serving on {_selection_day(definition)}; "
        f"service began on {_day(item['service_from'])}."
    )


def _no_service(definition: Definition, _item: Item) -> str:
    serving = definition.serving_on
    where = " or ".join(serving.organisations) if serving and serving.organisations else "anywhere"
    return (
        f"No service of the person in {where} is on record."
        if where != "anywhere"
        else ("No service of the person is on record.")
    )


_DETAILS: dict[Reason, Callable[[Definition, Item], str]] = {
    Reason.OUTSIDE_DATES: _outside,
    Reason.DATE_NOT_KNOWN: _no_date,
    Reason.HELD_ELSEWHERE: _held,
    Reason.CASE_TYPE: _of_type,
    Reason.LEFT: _left,
    Reason.NOT_YET_SERVING: _not_yet,
    Reason.NO_SERVICE_RECORD: _no_service,
}

_WAS = {
    "occurred": "occurred",
    "reported": "was reported",
    "recorded": "was recorded",
    "finalised": "was finalised",
}


def _selection_day(definition: Definition) -> str:
    return _day(definition.serving_on.date if definition.serving_on else None)


def _within(definition: Definition) -> str:
    start, end = definition.period.from_, definition.period.to
    match start, end:
        case None, None:
            return "and any date is in the period"
        case None, _:
            return f"by {_day(end)}"
        case _, None:
            return f"since {_day(start)}"
        case _:
            return f"within {_day(start)} to {_day(end)}"


def _day(day: date | None) -> str:
    return f"{day:%-d %B %Y}" if day else "a day not known"
