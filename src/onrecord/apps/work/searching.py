"""Words in notes, letters, the policy file and tasks, found for whoever may read them."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from onrecord.apps.access.policies import may
from onrecord.apps.access.selectors import hidden_from
from onrecord.apps.audit.services import record_consultation
from onrecord.apps.people.reaching import cases_in_reach
from onrecord.apps.work.selectors import visible
from onrecord.core.kernel.ids import public_reference
from onrecord.core.kernel.viewers import Viewer

OPENS, CLOSES = "\u27e6", "\u27e7"
"""What stands around a hit in an excerpt."""
_HEADLINE = f"StartSel={OPENS}, StopSel={CLOSES}, MaxWords=40, MinWords=15"

# The expressions are those of the indexes, to the letter.
_IN_CASES = {
    "note": ("case_note:read", "work_casenote", "words", "''"),
    "letter": (
        "letter:read", "work_letter", "correspondent || ' ' || subject || ' ' || words", "reference",
    ),
    "policy": (
        "policy_file:read", "work_policyentry",
        "decision || ' ' || options_rejected || ' ' || reasons || ' ' || advice_taken", "number::text",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PaperHit:
    """One note, letter, entry of a policy file or task in which the words stand.

    Attributes:
        kind: `note`, `letter`, `policy` or `task`.
        case: the reference of its case; empty for a task that is about none.
        reference: its own reference or number; empty for a note.
        excerpt: the words around each hit, the hits between `OPENS` and `CLOSES`.
    """

    kind: str
    case: str
    reference: str
    at: datetime
    excerpt: str


def papers_matching(viewer: Viewer, words: str, limit: int = 20) -> list[PaperHit]:
    """Return the papers of cases and the tasks in which all of `words` stand, newest first.

    The search is recorded. "Words in quotes" stand together, and -word leaves out.
    """
    if not words.strip():
        return []
    found = [*_case_papers(viewer, words, limit), *_tasks(viewer, words, limit)]
    hits = sorted(found, key=lambda hit: hit.at, reverse=True)[:limit]
    record_consultation(
        viewer, "person:search", object_kind="search", object_ref=f"{len(hits)} papers found",
        typed=words,
    )  # fmt: skip
    return hits


def _case_papers(viewer: Viewer, words: str, limit: int) -> Iterator[PaperHit]:
    hidden = list(hidden_from(viewer.eyes))
    for kind, (verb, table, text, reference) in _IN_CASES.items():
        if not may(viewer, verb):
            continue
        within = cases_in_reach(viewer, verb)
        with connection.cursor() as cursor:
            cursor.execute(
                f"select case_lineage, {reference}, at,"  # noqa: S608 - constants of ours
                f" ts_headline('english'::regconfig, {text}, query, %(headline)s)"
                f" from {table}, websearch_to_tsquery('english'::regconfig, %(words)s) query"
                f" where to_tsvector('english'::regconfig, {text}) @@ query"
                " and (%(within)s::uuid[] is null or case_lineage = any(%(within)s))"
                " and not case_lineage = any(%(hidden)s::uuid[])"
                " order by at desc, id desc limit %(limit)s",
                {
                    "words": words, "headline": _HEADLINE, "hidden": hidden, "limit": limit,
                    "within": within if within is None else sorted(within),
                },
            )  # fmt: skip
            rows: list[tuple[uuid.UUID, str, datetime, str]] = cursor.fetchall()
        for case, own, at, excerpt in rows:
            yield PaperHit(kind, public_reference("C", case), own, at, excerpt)


def _tasks(viewer: Viewer, words: str, limit: int) -> Iterator[PaperHit]:
    if not may(viewer, "task:read"):
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "select t.id, ts_headline('english'::regconfig, t.title || ' ' || coalesce(t.reason, ''), query, %s)"
            " from websearch_to_tsquery('english'::regconfig, %s) query cross join lateral ("
            "   select k.id, k.title, null as reason from work_task k"
            "    where to_tsvector('english'::regconfig, k.title) @@ query"
            "   union all select k.id, k.title, s.reason from work_taskstep s join work_task k on k.id = s.task_id"
            "    where to_tsvector('english'::regconfig, s.reason) @@ query) t",
            [_HEADLINE, words],
        )
        excerpts: dict[int, str] = dict(cursor.fetchall())
    seen = visible(viewer).filter(pk__in=excerpts).order_by("-raised_at", "-pk")[:limit]
    for task in seen:
        case = public_reference("C", task.case_lineage) if task.case_lineage else ""
        yield PaperHit("task", case, task.reference, task.raised_at, excerpts[task.pk])
