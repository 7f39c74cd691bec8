"""Who is one person, and what is one incident: clusters of judged pairs.

Judgements are facts, one lineage a pair, read at the end of the record: today's
understanding of who is who (`design.md` §1). Anything unjudged stands alone, so
only what was judged is in the tables made here.
"""

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from onrecord.core.conduct.judging import HELD_SQL

_NODES = """
create or replace temp table node as
select member, row_number() over (order by member) - 1 as number
from (select a as member from edge union select b from edge)
"""
_NUMBERED = """
select a.number as a, b.number as b
from edge e join node a on a.member = e.a join node b on b.member = e.b
"""


def cluster_people(con: duckdb.DuckDBPyConnection, judgements: str) -> None:
    """Make `person_cluster(member, cluster)` of person records judged the same.

    `judgements` names the identity judgements as resolved. Whoever says that two are not one
    is believed before whoever says they are (`core.conduct.judging`). A cluster is known by
    its lowest record lineage.
    """
    edges = (
        f"select record_a as a, record_b as b from {judgements} group by 1, 2"
        " having bool_or(judgement = 'same') and not bool_or(judgement = 'not_same')"
    )
    _cluster(con, edges, "person_cluster")


def cluster_incidents(con: duckdb.DuckDBPyConnection, judgements: str, cases: str) -> None:
    """Make `incident_cluster(member, cluster)` of incidents whose cases were judged the same.

    A case's member is the incident that its source names, else the case itself,
    which then stands for its own incident.
    """
    edges = f"""
    select coalesce(ca.incident, j.case_a) as a, coalesce(cb.incident, j.case_b) as b
    from (select case_a, case_b from {judgements} group by 1, 2 having {HELD_SQL}) j
    left join {cases} ca on ca.lineage = j.case_a
    left join {cases} cb on cb.lineage = j.case_b
    """
    _cluster(con, edges, "incident_cluster")


def _cluster(con: duckdb.DuckDBPyConnection, edges: str, table: str) -> None:
    con.execute(f"create or replace temp table edge as {edges}").fetchall()
    con.execute(_NODES).fetchall()
    pairs = con.sql(_NUMBERED).fetchnumpy()
    size = con.sql("select count(*) from node").fetchall()[0][0]
    lowest = lowest_connected(size, np.asarray(pairs["a"]), np.asarray(pairs["b"]))
    numbers = pa.table({"number": np.arange(size, dtype=np.int64), "lowest": lowest})
    con.register("lowest_connected", numbers)
    con.execute(f"""
    create or replace temp table {table} as
    select n.member, c.member as cluster
    from node n join lowest_connected l using (number) join node c on c.number = l.lowest
    """).fetchall()
    con.unregister("lowest_connected")


def lowest_connected(
    size: int, a: npt.NDArray[np.int64], b: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Return, for each of `size` numbers, the lowest it is joined to by pairs (a, b)."""
    parent = list(range(size))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for left, right in zip(a.tolist(), b.tolist(), strict=True):
        low, high = sorted((root(left), root(right)))
        parent[high] = low
    return np.array([root(number) for number in range(size)], dtype=np.int64)
