"""What stands of pairs in a snapshot, and what a model has to say so that what it finds stands.

Of people and of cases alike: what people and sources judged no model speaks of, and what a
model said before and finds no more is taken back.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import duckdb

from onrecord.core.conduct.judging import BY_MODEL
from onrecord.core.linkage.clustering import Pair
from onrecord.core.snapshots.reading import AT_THE_END


@dataclass(frozen=True, slots=True)
class Standing:
    """One judgement of a model that stands, by the two: which it is, and of which model."""

    one: str
    other: str
    judgement: str
    method: str

    @property
    def pair(self) -> Pair:
        """Return the two, the lower first."""
        return self.one, self.other


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What was judged of pairs of one kind.

    Attributes:
        same: pairs that people or sources hold to be one.
        different: pairs that people or sources hold to be two.
        by_hand: every pair that a person or a source ever spoke of last, whatever they said.
        standing: what models judged last of other pairs.
    """

    same: tuple[Pair, ...]
    different: tuple[Pair, ...]
    by_hand: frozenset[Pair]
    standing: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What a model has to say anew: of pairs it found otherwise than it stands, and of those it finds no more."""

    fresh: tuple[Pair, ...]
    gone: tuple[Pair, ...]


def changes(
    found: Mapping[Pair, str], stands: OnRecord, *, method: str, waiting: Collection[Pair] = (),
    among: Collection[str] | None = None,
) -> Changes:  # fmt: skip
    """Return what differs from what stands, once a model of this `method` has found what it finds.

    What it found to be one before is taken back, and what is `waiting` for a person because of
    it; but of pairs neither of which is `among` what was looked at, nothing is.
    """
    before = {each.pair: each for each in stands.standing}
    mine = {pair: said for pair, said in found.items() if pair not in stands.by_hand}
    return Changes(
        fresh=tuple(
            pair for pair, said in mine.items()
            if pair not in before or (before[pair].judgement, before[pair].method) != (said, method)
        ),
        gone=tuple(
            pair for pair, each in before.items()
            if pair not in mine and (each.judgement == "same" or pair in waiting)
            and (among is None or not {*pair}.isdisjoint(among))
        ),
    )  # fmt: skip


def on_record(connection: duckdb.DuckDBPyConnection, kind: str, one: str, other: str) -> OnRecord:
    """Return what stands of the judgements of a `kind`, whose pairs lie in columns `one` and `other`."""
    rows = connection.execute(
        f"select cast({one} as varchar), cast({other} as varchar), judgement, method"
        f" from {AT_THE_END}{kind} order by 1, 2"
    ).fetchall()
    by_people = [row for row in rows if not str(row[3]).startswith(BY_MODEL)]
    spoken = frozenset((low, high) for low, high, *_ in by_people)
    return OnRecord(
        same=tuple((low, high) for low, high, said, *_ in by_people if said == "same"),
        different=tuple((low, high) for low, high, said, *_ in by_people if said == "not_same"),
        by_hand=spoken,
        standing=tuple(
            Standing(*row) for row in rows
            if str(row[3]).startswith(BY_MODEL) and (row[0], row[1]) not in spoken
        ),
    )  # fmt: skip
