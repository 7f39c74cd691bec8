"""What was said of two records or two cases: the judgement, by whom or what, and why."""

from collections.abc import Sequence

from onrecord.core.kernel.facts import Fact
from onrecord.web.components.data_table.component import Cell, DataTable, Row, columns, short
from onrecord.web.wording.codes import JUDGEMENT, readable, worded
from onrecord.web.wording.dates import short_date


def said_table(said: Sequence[Fact]) -> DataTable:
    """Return what was said so far, of whoever said it."""
    rows = tuple(
        Row((Cell(judged(fact)), by_whom(fact), why(fact), short(short_date(fact.known_on))))
        for fact in said
    )
    return DataTable("What was said so far", columns("Judgement", "By", "Why", "On"), rows)


def judged(fact: Fact) -> str:
    """Return a judgement in words."""
    words = worded(JUDGEMENT, fact["judgement"])
    return words.replace("person", "incident") if fact.kind == "incident_judgement" else words


def by_whom(fact: Fact) -> Cell:
    """Return how it was judged and by whom; a model's name once, not twice."""
    method, name = fact["method"] or "", fact["judged_by"] or ""
    return Cell(readable(method or "not recorded"), note="" if name in method else name)


def why(fact: Fact) -> Cell:
    """Return why, in the words of whoever judged."""
    return Cell(fact["reason"] or "No reason is on record.")
