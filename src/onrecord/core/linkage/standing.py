"""What stands of pairs in a snapshot: what people and sources judged, and what models said beside it."""

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


def on_record(connection: duckdb.DuckDBPyConnection, kind: str, one: str, other: str) -> OnRecord:
    """Return what stands of the judgements of a `kind`, whose pairs lie in columns `one` and `other`."""
    rows = connection.execute(
        f"select cast({one} as varchar), cast({other} as varchar), judgement, method"
        f" from {AT_THE_END}{kind} order by 1, 2"
    ).fetchall()
    by_people = [row for row in rows if not str(row[3]).startswith(BY_MODEL)]
    spoken = frozenset((low, high) for low, high, *_ in by_people)
    return OnRecord(
        same=tuple((low, high) for low, high, said, _ in by_people if said == "same"),
        different=tuple((low, high) for low, high, said, _ in by_people if said == "not_same"),
        by_hand=spoken,
        standing=tuple(
            Standing(*row) for row in rows
            if str(row[3]).startswith(BY_MODEL) and (row[0], row[1]) not in spoken
        ),
    )  # fmt: skip
