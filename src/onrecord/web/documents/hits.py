"""What a search of pages says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

from onrecord.apps.documents.searching import CLOSES, OPENS, PageHit
from onrecord.web.wording.numbers import counted

HITS = 50
"""The most pages that one search shows."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One page that was found: its citation, the way to it, and words around each hit."""

    title: str
    citation: str
    href: str
    words: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class HitsShown:
    """Everything that the template writes of what was found."""

    sentence: str
    hits: tuple[Hit, ...]


def hits_shown(hits: Sequence[PageHit]) -> HitsShown:
    """Return the pages that were found."""
    more = "; more may be there, say more words" if len(hits) == HITS else ""
    return HitsShown(
        sentence=f"{counted(len(hits), 'page')}{more}.",
        hits=tuple(
            Hit(
                hit.title,
                hit.citation,
                reverse("documents:page", args=[hit.reference, hit.copy, hit.page]),
                tuple(_parts(hit.excerpt)),
            )
            for hit in hits
        ),
    )


def _parts(excerpt: str) -> Iterator[tuple[str, bool]]:
    """Return the words of an excerpt, piece by piece, each with whether it is a hit."""
    for piece in excerpt.split(OPENS):
        hit, closed, rest = piece.partition(CLOSES)
        if closed:
            yield hit, True
            yield rest, False
        else:
            yield hit, False
