"""Why an item is out: a closed list, in the order in which the reasons are asked.

The first reason that fails is the one an exclusion is counted under, so that the
counts add up; all reasons that fail are kept, so that nobody is told half.
"""

from collections.abc import Iterator
from enum import StrEnum

from onrecord.core.cohorts.conditions import is_one_of, quoted
from onrecord.core.cohorts.definition import DateBasis, Definition, Period


class Reason(StrEnum):
    """Why a review item, or a case without an identified subject, is not in scope."""

    SUBJECT_NOT_IDENTIFIED = "subject-not-identified"
    ROLE_NOT_KNOWN = "role-not-known"
    NOT_COMPLETED = "not-completed"
    DATE_NOT_KNOWN = "date-not-known"
    OUTSIDE_DATES = "outside-dates"
    HELD_ELSEWHERE = "held-elsewhere"
    CASE_TYPE = "case-type"
    DISPOSITION = "disposition"
    PERSON_TYPE = "person-type"
    NO_SERVICE_RECORD = "no-service-record"
    NOT_YET_SERVING = "not-yet-serving"
    LEFT = "left"
    DISMISSED = "dismissed"


MEANINGS: dict[Reason, str] = {
    Reason.SUBJECT_NOT_IDENTIFIED: "The record does not identify who the subject is.",
    Reason.ROLE_NOT_KNOWN: "The record does not say in what role the person is in the case.",
    Reason.NOT_COMPLETED: "The case is not finished with.",
    Reason.DATE_NOT_KNOWN: "The case has no date on the basis asked for.",
    Reason.OUTSIDE_DATES: "The date of the case is outside the period.",
    Reason.HELD_ELSEWHERE: "The case is held by another organisation or system.",
    Reason.CASE_TYPE: "The case is of another type.",
    Reason.DISPOSITION: "No allegation in it ended in a way asked for.",
    Reason.PERSON_TYPE: "The person is of another type.",
    Reason.NO_SERVICE_RECORD: "There is no service record for the person in the organisations.",
    Reason.NOT_YET_SERVING: "The person's service began after the selection date.",
    Reason.LEFT: "The person had left by the selection date.",
    Reason.DISMISSED: "The person was dismissed, or the case ended in dismissal.",
}


def failing_sql(definition: Definition) -> Iterator[tuple[Reason, str]]:
    """Yield each reason this definition can give, with the SQL that says it applies.

    The SQL speaks of the columns of the table `assessed` (`evaluating`).
    """
    yield Reason.SUBJECT_NOT_IDENTIFIED, "person is null and not role_unknown"
    yield Reason.ROLE_NOT_KNOWN, "person is null and role_unknown"
    if definition.completed_only:
        yield Reason.NOT_COMPLETED, "not is_completed"
    yield from _date_reasons(definition)
    if definition.held_by:
        held = f"{is_one_of('organisation', definition.held_by)} or "
        held += is_one_of("holder", definition.held_by)
        yield Reason.HELD_ELSEWHERE, f"not ({held})"
    if definition.case_types:
        yield Reason.CASE_TYPE, f"not {is_one_of('case_type', definition.case_types)}"
    if definition.dispositions:
        yield Reason.DISPOSITION, "not has_ending"
    if definition.person_types:
        yield Reason.PERSON_TYPE, "person is not null and not has_person_type"
    if definition.serving_on:
        yield Reason.NO_SERVICE_RECORD, "person is not null and not has_service"
        yield Reason.NOT_YET_SERVING, "has_service and not is_serving and not has_left"
        yield Reason.LEFT, "has_left and not is_serving"
    if definition.not_dismissed:
        yield Reason.DISMISSED, "left_dismissed or ended_in_dismissal"


def _date_reasons(definition: Definition) -> Iterator[tuple[Reason, str]]:
    unknown = "case_date is null"
    if definition.completed_only and definition.period.date_basis is DateBasis.FINALISED:
        # A live case has no such date; that it is not completed says it all.
        unknown += " and is_completed"
    yield Reason.DATE_NOT_KNOWN, unknown
    inside = period_sql(definition.period, "case_date")
    yield Reason.OUTSIDE_DATES, f"case_date is not null and not ({inside})"


def period_sql(period: Period, column: str) -> str:
    """Return the condition that a date falls in the period."""
    tests = []
    if period.from_:
        tests.append(f"{column} >= date {quoted(period.from_.isoformat())}")
    if period.to:
        tests.append(f"{column} <= date {quoted(period.to.isoformat())}")
    return " and ".join(tests) or "true"
