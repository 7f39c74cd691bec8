"""What the pages of two cases say: whether they are records of one incident, and why."""

from collections.abc import Sequence

from django.urls import reverse

from onrecord.apps.linking.cases import CaseAtDesk, TwoCases
from onrecord.web.components.data_table.component import Cell, DataTable, Row, columns, short
from onrecord.web.components.pagination.component import page_of
from onrecord.web.identity.saying import by_whom, judged, why
from onrecord.web.wording.codes import CASE_TYPE, worded
from onrecord.web.wording.dates import short_date, uk_date

PAGE = 25


def cases_table(found: Sequence[TwoCases], number: int) -> DataTable:
    """Return the pairs of cases that wait for a person."""
    page, pagination = page_of(
        found, number=number, size=PAGE, name="page", label="Cases of one incident", query={}
    )
    rows = tuple(
        Row((
            Cell(each.reference, _href(each), is_short=True),
            short(each.one.reference, note=each.one.organisation),
            short(each.other.reference, note=each.other.organisation),
            Cell(each.own["reason"] or ""), short(short_date(each.own.known_on)),
        ))
        for each in page
    )  # fmt: skip
    return DataTable(
        "Cases that may be of one incident", columns("Pair", "One case", "The other", "Why", "Since"),
        rows, empty="No pair of cases waits for you.", pagination=pagination,
    )  # fmt: skip


def with_others_table(found: Sequence[TwoCases], case: str, *, judges: bool) -> DataTable:
    """Return what was judged of one case and each other; whoever `judges` is led to where they may."""
    rows = []
    for two in found:
        other = two.other if two.one.reference == case else two.one
        pair = Cell(two.reference, _href(two), is_short=True) if judges else short(two.reference)
        rows += [
            Row((
                pair, Cell(other.reference, _case_href(other), note=other.organisation, is_short=True),
                Cell(judged(fact)), by_whom(fact), why(fact), short(short_date(fact.known_on)),
            ))
            for fact in two.said
        ]  # fmt: skip
    return DataTable(
        "What was judged of this case and others",
        columns("Pair", "The other case", "Judgement", "By", "Why", "On"), tuple(rows),
        empty="Nobody and nothing judged whether this case is of one incident with another.",
    )  # fmt: skip


def side_by_side(found: TwoCases) -> DataTable:
    """Return the two cases: who holds each, what sort of record it is, and its days."""

    def row(name: str, one: str, other: str) -> Row:
        return Row((Cell(name), Cell(one or "Not known"), Cell(other or "Not known")))

    one, other = found.one, found.other
    return DataTable(
        "The two cases", columns("What", "One case", "The other"),
        (
            Row((Cell("Case"), *(Cell(each.reference, _case_href(each)) for each in (one, other)))),
            row("Held by", one.organisation, other.organisation),
            row("Sort of record", worded(CASE_TYPE, one.sort), worded(CASE_TYPE, other.sort)),
            row("It happened", uk_date(one.happened), uk_date(other.happened)),
            row("Reported", uk_date(one.reported), uk_date(other.reported)),
            row("Known since", uk_date(one.known_on), uk_date(other.known_on)),
        ),
    )  # fmt: skip


def _href(two: TwoCases) -> str:
    return reverse("identity:two-cases", args=[two.reference])


def _case_href(case: CaseAtDesk) -> str:
    return reverse("cases:case", args=[case.reference])
