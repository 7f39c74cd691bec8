"""Random histories: imports, corrections, undoings and re-imports of many things at once."""

from dataclasses import dataclass, field, replace
from datetime import date
from random import Random
from uuid import UUID

from integration.facts.desk import Desk, Written, day, fresh
from integration.facts.naive_record import Act, Moment, NaiveRecord, Version
from onrecord.core.timekeeping.views import View

KINDS = ("allegation", "case_reported", "person_record", "disposition", "holding")
_TEXT_COLUMN = {
    "allegation": "category",
    "case_reported": "category",
    "person_record": "family_name",
    "disposition": "wording",
}
DAYS = 6


@dataclass
class World:
    """A store and the naive record, always told the same."""

    desk: Desk
    rnd: Random
    naive: NaiveRecord = field(default_factory=NaiveRecord)
    written: list[Written] = field(default_factory=list)
    records: list[UUID] = field(default_factory=lambda: [fresh() for _ in range(3)])
    cases: list[UUID] = field(default_factory=lambda: [fresh() for _ in range(3)])
    others: dict[UUID, str] = field(default_factory=dict)

    @classmethod
    def of(cls, desk: Desk, rnd: Random, size: int) -> "World":
        """Return a world of `size` things with nothing written about them yet."""
        world = cls(desk, rnd)
        for _ in range(size):
            world.others[fresh()] = rnd.choice(
                ("allegation", "allegation", "disposition", "holding")
            )
        return world

    def things(self) -> list[tuple[UUID, str]]:
        """Return everything that may be written about."""
        return [
            *((record, "person_record") for record in self.records),
            *((case, "case_reported") for case in self.cases),
            *self.others.items(),
        ]

    def act(self, versions: list[Version]) -> None:
        """Write these versions together."""
        if versions:
            done = self.desk.write(*map(self._stored, versions))
            self._note(Act(versions=versions), done)

    def undo(self, place: int) -> None:
        """Undo an earlier act."""
        done = self.desk.undo(self.written[place])
        self._note(Act(undoes=place), done)

    def undoable(self) -> list[int]:
        """Return the acts that brought something in and have not been undone."""
        undone = {act.undoes for act in self.naive.acts}
        return [p for p, act in enumerate(self.naive.acts) if act.versions and p not in undone]

    def step(self, *, known_from: int = 0) -> None:
        """Do one thing at random: import, correct, undo, or import again what was undone."""
        what = self.rnd.random()
        undone = [a.undoes for a in self.naive.acts if a.undoes is not None]
        if what < 0.15 and self.undoable():
            self.undo(self.rnd.choice(self.undoable()))
        elif what < 0.3 and undone:
            self.act(self.naive.acts[self.rnd.choice(undone)].versions)
        elif what < 0.45:
            self.act([self.version(*self.rnd.choice(self.things()), known_from)])
        else:
            chosen = self.rnd.sample(self.things(), self.rnd.randint(1, len(self.things())))
            self.act([self.version(thing, kind, known_from) for thing, kind in chosen])

    def version(self, thing: UUID, kind: str, known_from: int = 0) -> Version:
        """Return a random next version of a thing: first, later, gone, or a mistake put right."""
        earlier = [v for act in self.naive.acts for v in act.versions if v.thing == thing]
        earlier = [v for v in earlier if v.known_on >= day(known_from)]
        change = self.rnd.choice(("first", "later", "later", "mistake")) if earlier else "first"
        known_on = day(self.rnd.randint(known_from, known_from + DAYS - 1))
        if change == "mistake":
            known_on = self.rnd.choice(earlier).known_on
        return Version(
            kind=kind, thing=thing, change=change, known_on=known_on,
            gone=change != "first" and self.rnd.random() < 0.3,
            holder=self.rnd.choice(self.desk.holders),
            text=f"text {self.rnd.getrandbits(40)}",
            subject=self.rnd.choice([*self.records, None]),
            case=self.rnd.choice([*self.cases, None]),
            held=self.rnd.choice([t for t, k in self.things() if k != "holding"]),
        )  # fmt: skip

    def random_view(self) -> tuple[View, Moment]:
        """Return one moment, as the store and as the naive record write it."""
        position = self.rnd.choice(self.written).position - self.rnd.randint(0, 1)
        on = self.rnd.choice([None, *(day(n) for n in range(-1, DAYS + 1))])
        includes = self.rnd.random() < 0.5
        some = self.rnd.sample(self.desk.holders, self.rnd.randint(0, len(self.desk.holders)))
        holders = None if self.rnd.random() < 0.4 else frozenset(some)
        return (
            View(position, on=on, includes_day=includes, held_by=holders),
            Moment(position, on, includes, holders),
        )

    def _note(self, act: Act, done: Written) -> None:
        self.naive.acts.append(replace_position(act, done.position))
        self.written.append(done)

    def _stored(self, version: Version) -> tuple[str, dict[str, object]]:
        row: dict[str, object] = {
            "lineage": version.thing, "change": version.change, "gone": version.gone,
            "known": version.known_on, "by": self.desk.holders.index(version.holder),
            "case_lineage": version.case, "record_lineage": version.subject,
        }  # fmt: skip
        if version.kind == "holding":
            row["held_lineage"] = version.held
        else:
            row[_TEXT_COLUMN[version.kind]] = version.text
        return version.kind, row


def replace_position(act: Act, position: int) -> Act:
    """Return the act with the position it was given."""
    return replace(act, position=position)


type Told = tuple[str, UUID, date, int, str, UUID | None, UUID | None, UUID | None]


def told_by_naive(version: Version) -> Told:
    """Return what a version of the naive record says, in a form both sides share."""
    is_holding = version.kind == "holding"
    return (
        version.kind, version.thing, version.known_on, version.holder,
        "" if is_holding else version.text, version.case, version.subject,
        version.held if is_holding else None,
    )  # fmt: skip


def told_by_store(fact: object) -> Told:
    """Return the same of a fact that the store showed."""
    column = _TEXT_COLUMN.get(fact.kind)
    return (
        fact.kind, fact.lineage, fact.known_on, fact.holder_id, fact[column] if column else "",
        fact.case_lineage, fact.record_lineage, None if column else fact["held_lineage"],
    )  # fmt: skip
