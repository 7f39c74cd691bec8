"""What the pages of lists of choices say."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from onrecord.apps.administration.fixed_lists import Fixed
from onrecord.apps.administration.vocabulary_reads import Listed
from onrecord.apps.settings.vocabularies import Term
from onrecord.web.components.data_table.component import Cell, DataTable, Row, columns, short
from onrecord.web.components.summary.component import Line
from onrecord.web.wording.dates import uk_moment

if TYPE_CHECKING:
    from onrecord.apps.settings.models import TermChange

_WHAT = {
    "added": "Added", "renamed": "Renamed", "retired": "Retired", "restored": "Offered again",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a list as its page shows it, with the acts there are upon it."""

    label: str
    meaning: str
    is_retired: bool
    acts: tuple[tuple[str, str], ...]


def own(found: Sequence[Listed]) -> DataTable:
    """Return the lists of the service's own."""
    return DataTable(
        "Lists of the service's own", columns("List", "#Choices", "#Retired"),
        tuple(
            Row((
                Cell(each.vocabulary.title, href=_href(each.vocabulary.key),
                     note=each.vocabulary.used),
                Cell(str(len(each.offered))), Cell(str(len(each.terms) - len(each.offered))),
            ))
            for each in found
        ),
    )  # fmt: skip


def fixed(found: Sequence[Fixed]) -> DataTable:
    """Return the lists that nobody changes, each with the reason."""
    return DataTable(
        "Fixed lists", columns("List", "Why nobody changes it"),
        tuple(
            Row((Cell(each.title, href=_href(each.key)), Cell(each.why, note=each.source)))
            for each in found
        ),
    )  # fmt: skip


def about_fixed(found: Fixed) -> tuple[Line, ...]:
    """Return why a list is fixed, and where it comes from."""
    return Line("Why nobody changes it", found.why), Line("It comes from", found.source)


def choices(found: Listed, *, may_change: bool) -> tuple[Choice, ...]:
    """Return the choices of a list, those that forms offer first."""
    in_order = sorted(found.terms, key=lambda term: term.is_retired)
    return tuple(
        Choice(term.label, term.meaning, term.is_retired,
               _acts(found.vocabulary.key, term) if may_change else ())
        for term in in_order
    )  # fmt: skip


def changes(found: "Sequence[TermChange]") -> DataTable:
    """Return what was changed in a list as a table."""
    return DataTable(
        "Changes, newest first", columns("When", "What", "Choice", "By", "Why"),
        tuple(
            Row((
                short(uk_moment(row.at)), Cell(_WHAT[row.what]), Cell(row.label, note=row.meaning),
                Cell(row.by), Cell(row.reason),
            ))
            for row in found
        ),
        empty="Nobody has changed this list. It is as Onrecord brings it.",
    )  # fmt: skip


def _acts(key: str, term: Term) -> tuple[tuple[str, str], ...]:
    def href(act: str) -> str:
        return reverse(f"administration:{act}-term", args=[key, term.code])

    if term.is_retired:
        return (("Offer again", href("restore")),)
    return ("Rename", href("rename")), ("Retire", href("retire"))


def _href(key: str) -> str:
    return reverse("administration:vocabulary", args=[key])
