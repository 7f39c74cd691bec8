"""Words on the pages of documents, found for whoever may read them, each to be cited by its page."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db.models import BooleanField, F, FloatField, Func, TextField, Value

from onrecord.apps.audit.services import record_consultation
from onrecord.apps.documents.models import CopyPage
from onrecord.apps.documents.selectors import visible
from onrecord.core.kernel.viewers import Viewer

type _Sql = Func[Any]

OPENS, CLOSES = "\u27e6", "\u27e7"
"""What stands around a hit in an excerpt."""
_HEADLINE = (
    f"StartSel={OPENS}, StopSel={CLOSES}, MaxFragments=2, MaxWords=30, MinWords=12,"
    " FragmentDelimiter= … "
)


@dataclass(frozen=True, slots=True)
class PageHit:
    """One page on which the words stand.

    Attributes:
        reference, title: of the document.
        copy, page: which page of which viewing copy: how it is opened.
        excerpt: the words around each hit, the hits between `OPENS` and `CLOSES`.
    """

    reference: str
    title: str
    copy: int
    page: int
    excerpt: str

    @property
    def citation(self) -> str:
        """Return how the page is cited."""
        return f"document {self.reference}, page {self.page}"


def pages_matching(
    viewer: Viewer, words: str, limit: int = 20, *, within: str = ""
) -> list[PageHit]:
    """Return the pages on which all of `words` stand, the nearest first; record the search.

    Words are matched by their stems and as they are; "words in quotes" stand together,
    and -word leaves out. `within` is the reference of the one document to look in. What
    was typed is not recorded: it may be a name.
    """
    if not words.strip():
        return []
    documents = visible(viewer)
    if within:
        documents = documents.filter(reference=within.strip().upper())
    query = _joined(" || ", _query("english", words), _query("simple", words))
    found = (
        CopyPage.objects.filter(
            _matches(query), copy__document__in=documents, copy__is_redacted=False
        )
        .annotate(
            near=Func(_vector(), query, function="ts_rank", output_field=FloatField()),
            excerpt=Func(
                F("words"), query, Value(_HEADLINE), output_field=TextField(),
                template="ts_headline('english', %(expressions)s)",
            ),
        )
        .order_by("-near", "-copy__document__uploaded_at", "number", "pk")
        .values_list(
            "copy__document__reference", "copy__document__title", "copy__number", "number",
            "excerpt",
        )[:limit]
    )  # fmt: skip
    hits = [PageHit(*row) for row in found]
    record_consultation(
        viewer,
        "document:read",
        object_kind="search",
        object_ref=f"{len(hits)} pages found",
        typed=words,
    )
    return hits


def _joined(sign: str, *parts: _Sql, output: type = SearchVectorField) -> _Sql:
    return Func(*parts, template="(%(expressions)s)", arg_joiner=sign, output_field=output())


def _query(language: str, words: str) -> _Sql:
    return Func(
        Value(words), template=f"websearch_to_tsquery('{language}', %(expressions)s)",
        output_field=SearchVectorField(),
    )  # fmt: skip


def _vector() -> _Sql:
    """Return the words of a page as the index has them: the same expression, to the letter."""
    each: list[_Sql] = [
        Func(F("words"), template=f"to_tsvector('{language}', %(expressions)s)",
             output_field=SearchVectorField())
        for language in ("english", "simple")
    ]  # fmt: skip
    return _joined(" || ", *each)


def _matches(query: _Sql) -> _Sql:
    return _joined(" @@ ", _vector(), query, output=BooleanField)
