"""Find words that facts were recorded in, among the facts that are there for who asks."""

import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet

from onrecord.apps.access.models import User
from onrecord.apps.access.policies import may
from onrecord.apps.audit.services import record_consultation
from onrecord.apps.facts.reading import HIDDEN, Fact, facts_by
from onrecord.apps.people.reaching import cases_in_reach, records_in_reach
from onrecord.apps.searching.models import SavedSearch
from onrecord.core.kernel.errors import NotFoundError
from onrecord.core.kernel.ids import public_reference
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.searching.phrases import with_pairs
from onrecord.core.timekeeping.views import View

OPENS, CLOSES = "\u27e6", "\u27e7"
"""What stands around a hit in an excerpt."""
AT_MOST = 400
"""The most versions of facts that one search weighs; where there are more, it says so."""

_HEADLINE = (
    f"StartSel={OPENS}, StopSel={CLOSES}, MaxFragments=2, MaxWords=30, MinWords=12,"
    " FragmentDelimiter= … "
)
_NAMING = ("lineage", "case_lineage", "record_lineage", "named_a", "named_b")

_MATCHING = f"""with {HIDDEN}
select f.kind, f.lineage, f.fact_id, ts_rank(f.words, websearch_to_tsquery('english'::regconfig, %(words)s))
  from projection.fact_words f
 where f.words @@ %(query)s::tsquery
   and (%(on)s::date is null or f.known_on <= %(on)s)
   and (%(cases)s::uuid[] is null or f.case_lineage = any(%(cases)s)
        or f.record_lineage = any(%(records)s::uuid[]))
   and ({" or ".join(f"f.{name} in (select lineage from hidden)" for name in _NAMING)}
        or f.holder_id in (select holder_id from hidden_holder)) is not true
 limit %(limit)s"""  # noqa: S608 - constants of ours
"""What is hidden is left out before anything is counted or cut off: the rest is then as if it were not there."""


type KeptSearch = SavedSearch
"""A search that somebody keeps under a name."""


@dataclass(frozen=True, slots=True)
class WordHit:
    """One fact in whose words the search was found.

    Attributes:
        kind: what sort of fact it is.
        case, person: the reference of the case it belongs to, else of the person it is about;
            only where the viewer may open it.
        known_on: since when it could be known.
        excerpt: the words around each hit, the hits between `OPENS` and `CLOSES`.
    """

    kind: str
    case: str
    person: str
    known_on: date
    excerpt: str


@dataclass(frozen=True, slots=True)
class WordsFound:
    """What a search of words found, nearest first; `is_cut` where there is more than was weighed."""

    hits: Sequence[WordHit] = ()
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class _Within:
    """The cases and records that the viewer reaches; `None` is every one not walled."""

    cases: frozenset[uuid.UUID] | None
    records: frozenset[uuid.UUID] | None

    def has_case(self, case: uuid.UUID | None) -> bool:
        return case is not None and (self.cases is None or case in self.cases)


def search_words(viewer: Viewer, words: str, view: View, limit: int = 50) -> WordsFound:
    """Return the facts, as `view` shows them, in which all of `words` stand; record the search.

    Words are matched by their stems; "words in quotes" stand together, and -word leaves
    out. A value that the view has since seen changed or taken back is not found. What was
    typed is not recorded: it may be a name.
    """
    if not words.strip() or not may(viewer, "person:search"):
        return WordsFound()
    view = view.through(viewer.eyes)
    within = _Within(cases_in_reach(viewer, "case:read"), records_in_reach(viewer, "person:read"))
    matching = _matching(words, view, within)
    nearest = _as_the_view_shows(view, matching)
    hits = _hits(words, nearest[:limit], within)
    record_consultation(
        viewer, "person:search", object_kind="search", object_ref=f"{len(hits)} places found",
        view=view.describe(), position=view.position, typed=words,
    )  # fmt: skip
    return WordsFound(hits, is_cut=len(matching) == AT_MOST or len(nearest) > limit)


def saved_searches(viewer: Viewer) -> list[SavedSearch]:
    """Return the searches that the viewer kept, and those of their team, by name."""
    if not may(viewer, "search:save"):
        return []
    return list(_kept(viewer).order_by("name", "pk"))


def saved_search(viewer: Viewer, number: int, *, is_own: bool = False) -> SavedSearch:
    """Return one kept search of the viewer's, or of their team unless it must be their own.

    Raises:
        NotFoundError: there is none.
    """
    found = _kept(viewer).filter(pk=number).first()
    if found is None or (is_own and found.owner.username != viewer.name):
        raise NotFoundError(
            "There is no such search, or it is not yours.", next_step="Search anew."
        )
    return found


def _kept(viewer: Viewer) -> QuerySet[SavedSearch]:
    team = User.objects.filter(username=viewer.name, is_active=True).values("team")
    mine = Q(owner__username=viewer.name) | Q(team__in=team)
    return SavedSearch.objects.select_related("owner", "team").filter(mine, removed_at=None)


def pieces(excerpt: str) -> Iterator[tuple[str, bool]]:
    """Return the words of an excerpt, piece by piece, each with whether it is a hit."""
    for piece in excerpt.split(OPENS):
        hit, closed, rest = piece.partition(CLOSES)
        yield (hit, bool(closed))
        if rest:
            yield (rest, False)


type _Matching = list[tuple[str, uuid.UUID, int, float]]


def _matching(words: str, view: View, within: _Within) -> _Matching:
    with connection.cursor() as cursor:
        cursor.execute("select websearch_to_tsquery('english'::regconfig, %s)::text", [words])
        query = with_pairs(cursor.fetchone()[0])
        cursor.execute(
            _MATCHING,
            {
                "words": words,
                "query": query,
                "eyes": view.eyes,
                "on": view.on,
                "cases": within.cases if within.cases is None else sorted(within.cases),
                "records": sorted(within.records or ()),
                "limit": AT_MOST,
            },
        )
        return list(cursor.fetchall())


def _as_the_view_shows(view: View, matching: _Matching) -> list[Fact]:
    """Return those facts that the view itself shows, the nearest first."""
    lineages: defaultdict[str, set[uuid.UUID]] = defaultdict(set)
    for kind, lineage, _, _ in matching:
        lineages[kind].add(lineage)
    near = {fact_id: rank for _, _, fact_id, rank in matching}
    shown = [
        fact
        for kind in sorted(lineages)
        for fact in facts_by(view, kind, "lineage", lineages[kind])
        if fact.fact_id in near
    ]
    return sorted(shown, key=lambda f: (-near[f.fact_id], -f.known_on.toordinal(), str(f.lineage)))


def _hits(words: str, facts: Sequence[Fact], within: _Within) -> list[WordHit]:
    people = _references({f.record_lineage for f in facts if f.record_lineage})
    found = [_hit(fact, people, within) for fact in facts]
    excerpts = _excerpts(words, [hit.excerpt for hit in found])
    return [replace(hit, excerpt=excerpt) for hit, excerpt in zip(found, excerpts, strict=True)]


def _hit(fact: Fact, people: Mapping[uuid.UUID, str], within: _Within) -> WordHit:
    case = fact.lineage if fact.kind == "case_reported" else fact.case_lineage
    named = case if within.has_case(case) else None
    return WordHit(
        kind=fact.kind,
        case=public_reference("C", named) if named else "",
        person="" if named or not fact.record_lineage else people.get(fact.record_lineage, ""),
        known_on=fact.known_on,
        excerpt=_words_of(fact),
    )


WORD_COLUMNS = {
    "narrative": ("body",),
    "allegation": ("category", "category_group", "subject_note"),
    "disposition": ("wording", "outcome", "recommended_wording", "recommended_outcome"),
    "case_reported": ("category",),
    "case_finalised": ("result",),
    "reported_decision": ("decision", "reasons"),
    "duty_status_spell": ("ground", "terms"),
    "record": ("category",),
}
"""Which columns hold words that are searched; the same as `projection.word_columns()`."""


def _words_of(fact: Fact) -> str:
    said = (fact[name] for name in WORD_COLUMNS[fact.kind])
    return "; ".join(dict.fromkeys(str(words) for words in said if words))


def _references(records: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select record_lineage, reference from projection.person where record_lineage = any(%s)",
            [list(records)],
        )
        return dict(cursor.fetchall())


def _excerpts(words: str, texts: Sequence[str]) -> list[str]:
    """Return, of each text, the words around each hit."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select ts_headline('english'::regconfig, t.said,"
            " websearch_to_tsquery('english'::regconfig, %s), %s)"
            " from unnest(%s::text[]) with ordinality t (said, place) order by place",
            [words, _HEADLINE, list(texts)],
        )
        return [row[0] for row in cursor.fetchall()]
