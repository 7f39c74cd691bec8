"""The lists that can be taken out, each as its own page shows it: nothing more, and no name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.apps.audit.selectors import current_position
from onrecord.apps.cases.selectors import case_page
from onrecord.apps.people.selectors import person_page
from onrecord.apps.work.selectors import my_work, team_work, unallocated
from onrecord.core.kernel.clock import today
from onrecord.core.kernel.facts import Fact
from onrecord.core.kernel.ids import public_reference
from onrecord.core.kernel.kinds import KINDS, Use
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.timekeeping.views import View

type Cells = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as it leaves: the names of its columns, and its rows."""

    columns: tuple[str, ...]
    rows: list[Cells]


def _tasks(select: Callable[[Viewer], Any]) -> Callable[[Viewer, str], Listed]:
    def listed(viewer: Viewer, of: str) -> Listed:
        del of
        return Listed(
            ("task", "kind", "title", "state", "owner", "due", "raised", "case"),
            [
                (
                    task.reference, task.kind, task.title, task.state,
                    task.owner.username if task.owner else "", task.due_on, task.raised_at.date(),
                    public_reference("C", task.case_lineage) if task.case_lineage else "",
                )
                for task in select(viewer)
            ],
        )  # fmt: skip

    return listed


def _case(viewer: Viewer, of: str) -> Listed:
    page = case_page(viewer, _now(viewer), of)
    return _chronology(page.facts, {number: ref.code for number, ref in page.holders.items()})


def _person(viewer: Viewer, of: str) -> Listed:
    page = person_page(viewer, _now(viewer), of)
    facts = [*page.facts, *(fact for many in page.case_facts.values() for fact in many)]
    return _chronology(facts, {number: ref.code for number, ref in page.holders.items()})


def _now(viewer: Viewer) -> View:
    return View(current_position(), on=today(), eyes=viewer.eyes)


def _chronology(facts: Sequence[Fact], holders: dict[int, str]) -> Listed:
    return Listed(
        ("known", "happened from", "happened to", "what", "held by", "case", "says"),
        [
            (
                fact.known_on, fact.happened_from, fact.happened_to, fact.kind.replace("_", " "),
                holders.get(fact.holder_id, ""),
                public_reference("C", fact.case_lineage) if fact.case_lineage else "", _says(fact),
            )
            for fact in sorted(facts, key=lambda one: (one.known_on, one.fact_id))
        ],
    )  # fmt: skip


def _says(fact: Fact) -> str:
    """Return what a fact says in codes, dates and numbers; names and narratives stay here."""
    plain = {Use.CODE, Use.DATE, Use.NUMBER}
    said = (
        f"{column.name.replace('_', ' ')}: {fact[column.name]}"
        for column in KINDS[fact.kind].columns
        if column.use in plain and fact[column.name] not in (None, "", ())
    )
    return "; ".join(said)


LISTS: dict[str, tuple[str, bool, Callable[[Viewer, str], Listed]]] = {
    "my-work": ("My work", False, _tasks(my_work)),
    "team-work": ("My team's work", False, _tasks(team_work)),
    "unallocated": ("Unallocated work", False, _tasks(unallocated)),
    "case": ("Chronology of a case", True, _case),
    "person": ("Chronology of a person", True, _person),
}
"""By name: what it is called, whether it is of one thing, and how it is listed."""

NAMES = {name: title for name, (title, _, _) in LISTS.items()} | {"cohort": "Result of a cohort"}
"""What every list that leaves is called; a cohort's leaves from its own page."""
