"""How well linking did, against truth: pairs, mentions (B-cubed), groups, calibration, blocking.

Mentions whose truth is not known count for nothing and against nothing. Every figure is worked
out by one SQL each over two columns, so that it can be worked out by hand on ten rows.
"""

import math
from dataclasses import dataclass

import duckdb
import pyarrow as pa

_Z = 1.959963984540054


@dataclass(frozen=True, slots=True)
class PairFigures:
    """How the pairs that were linked compare with those that are true.

    Attributes:
        both: pairs that were linked and are true.
    """

    both: int
    linked: int
    true: int

    @property
    def precision(self) -> float:
        """Return the share of linked pairs that are true; one where nothing was linked."""
        return self.both / self.linked if self.linked else 1.0

    @property
    def recall(self) -> float:
        """Return the share of true pairs that were linked; one where there are none."""
        return self.both / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of both."""
        total = self.linked + self.true
        return 2 * self.both / total if total else 1.0

    @property
    def precision_at_least(self) -> float:
        """Return the lower end of Wilson's 95 % interval of precision."""
        return wilson_lower(self.both, self.linked)

    def cost(self, false_link: float) -> float:
        """Return what the mistakes cost, where a miss costs one."""
        return false_link * (self.linked - self.both) + (self.true - self.both)

    def __add__(self, other: "PairFigures") -> "PairFigures":
        """Return the figures of two sets of people together."""
        return PairFigures(
            self.both + other.both, self.linked + other.linked, self.true + other.true
        )


@dataclass(frozen=True, slots=True)
class BCubed:
    """Precision and recall of the mean mention (Bagga and Baldwin 1998)."""

    precision: float
    recall: float
    mentions: int

    @property
    def f1(self) -> float:
        """Return the harmonic mean of both."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def wilson_lower(successes: int, tries: int) -> float:
    """Return the lower end of Wilson's 95 % interval (Wilson 1927); nought where nothing was tried."""
    if not tries:
        return 0.0
    p, z = successes / tries, _Z
    middle = p + z * z / (2 * tries)
    half = z * math.sqrt(p * (1 - p) / tries + z * z / (4 * tries * tries))
    return (middle - half) / (1 + z * z / tries)


class Truth:
    """Mentions with the true person of each, where it is known, and groups they may be in.

    `table` has `mention`, `truth` (may be missing) and any columns of groups.
    """

    def __init__(self, table: pa.Table) -> None:
        """Take the truth."""
        self._connection = duckdb.connect()
        self._connection.register("given", table)
        self._connection.execute(
            "create table truth as select * from given where truth is not null"
        ).fetchall()

    def pairs(self, people: pa.Table, where: str = "true") -> PairFigures:
        """Return how the pairs compare, among mentions of true people for whom `where` holds."""
        self._connection.register("people", people)
        both, linked, true = self._connection.execute(
            f"""with k as (select t.truth, coalesce(p.person, t.mention) as person
                             from truth t left join people p using (mention) where {where})
                select {
                ", ".join(
                    f"(select coalesce(sum(n * (n - 1) / 2), 0)::bigint from (select count(*) n from k group by {by}))"
                    for by in ("truth, person", "person", "truth")
                )
            }"""
        ).fetchall()[0]
        self._connection.unregister("people")
        return PairFigures(both, linked, true)

    def bcubed(self, people: pa.Table, where: str = "true") -> BCubed:
        """Return precision and recall of the mean mention, of true people for whom `where` holds."""
        self._connection.register("people", people)
        precision, recall, many = self._connection.execute(
            f"""with k as (select t.mention, t.truth, coalesce(p.person, t.mention) as person
                             from truth t left join people p using (mention) where {where}),
                     n as (select truth, person, count(*) as n from k group by 1, 2)
                select sum(n * n / of_person) / sum(n), sum(n * n / of_truth) / sum(n), sum(n)
                  from n join (select person, count(*) as of_person from k group by 1) using (person)
                         join (select truth, count(*) as of_truth from k group by 1) using (truth)"""
        ).fetchall()[0]
        self._connection.unregister("people")
        return BCubed(float(precision or 0), float(recall or 0), int(many or 0))

    def many(self) -> int:
        """Return of how many mentions the truth is known."""
        return int(self._connection.execute("select count(*) from truth").fetchall()[0][0])

    def largest(self) -> int:
        """Return of how many mentions the largest true person is."""
        rows = self._connection.execute(
            "select coalesce(max(n), 0) from (select count(*) as n from truth group by truth)"
        ).fetchall()
        return int(rows[0][0])

    def groups(self, column: str) -> list[str]:
        """Return the values of a column that say which group a mention is in."""
        rows = self._connection.execute(
            f"select distinct {column} from truth where {column} is not null order by 1"
        ).fetchall()
        return [str(row[0]) for row in rows]

    def calibration(self, pairs: pa.Table) -> list[tuple[float, float, int]]:
        """Return, for each tenth of probability: what was predicted, what came true, and of how many."""
        self._connection.register("pairs", pairs)
        rows = self._connection.execute(
            """select avg(p), avg((a.truth = b.truth)::int), count(*) from
                 (select *, 1 / (1 + pow(2, -least(greatest(weight, -40), 40))) as p from pairs) s
                 join truth a on a.mention = s.one join truth b on b.mention = s.other
                group by least(floor(p * 10), 9) order by 1"""
        ).fetchall()
        self._connection.unregister("pairs")
        return [(float(p), float(came), int(n)) for p, came, n in rows]

    def found_by(self, mentions: str, rules: tuple[tuple[str, ...], ...]) -> float:
        """Return the share of true pairs that some rule brings together. `mentions` is a Parquet file."""
        together = " or ".join(
            "(" + " and ".join(f"a.{column} = b.{column}" for column in rule) + ")"
            for rule in rules
        )
        rows = self._connection.execute(
            f"""with m as (select m.*, t.truth as of_truth from read_parquet('{mentions}') m
                             join truth t using (mention))
                select avg(coalesce({together}, false)::int) from m a join m b
                    on a.of_truth = b.of_truth and a.mention < b.mention"""
        ).fetchall()
        return float(rows[0][0] or 0)
