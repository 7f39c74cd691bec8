"""Who is one person, and what is one incident: clusters of judged pairs.

Judgements are facts, one lineage a pair, read at the end of the record: today's
understanding of who is who (`design.md` §1). Anything unjudged stands alone, so
only what was judged is in the tables made here.

What one incident is, is what counts as one *episode* (`docs/reference/episodes.md`): whoever
counts in SQL asks `episode_sql`, and pages ask `apps.people.incidents`. A test holds the two equal.
"""

import duckdb
import numpy as np
import pyarrow as pa

from onrecord.core.conduct.judging import APART_SQL, HELD_SQL, SUREST_FIRST_SQL
from onrecord.core.kernel.joining import joined

_NODES = """
create or replace temp table node as
select member, row_number() over (order by member) - 1 as number
from (select a as member from judged union select b from judged)
"""
_NUMBERED = """
select a.number as a, b.number as b
from judged e join node a on a.member = e.a join node b on b.member = e.b
"""


def member_sql(incident: str, case: str) -> str:
    """Return SQL for what stands for a case when incidents are joined: the one its source names, else itself."""
    return f"coalesce({incident}, {case})"


def episode_sql(cluster: str, incident: str, case: str) -> str:
    """Return SQL for the episode of a case: the cluster of what stands for it, else that itself."""
    return f"coalesce({cluster}, {member_sql(incident, case)})"


def cluster_people(con: duckdb.DuckDBPyConnection, judgements: str) -> None:
    """Make `person_cluster(member, cluster)` of person records judged the same.

    `judgements` names the identity judgements as resolved. Whoever says that two are not one
    is believed before whoever says they are (`core.conduct.judging`). A cluster is known by
    its lowest record lineage.
    """
    pairs = f"select record_a as a, record_b as b, judgement, method, fact_id from {judgements}"
    _cluster(con, pairs, "person_cluster")


def cluster_incidents(con: duckdb.DuckDBPyConnection, judgements: str, cases: str) -> None:
    """Make `incident_cluster(member, cluster)` of incidents whose cases were judged the same.

    A case's member is the incident that its source names, else the case itself,
    which then stands for its own incident.
    """
    pairs = f"""
    select {member_sql("ca.incident", "j.case_a")} as a, {member_sql("cb.incident", "j.case_b")} as b,
           judgement, j.method, j.fact_id
    from {judgements} j
    left join {cases} ca on ca.lineage = j.case_a
    left join {cases} cb on cb.lineage = j.case_b
    """
    _cluster(con, pairs, "incident_cluster")


def _cluster(con: duckdb.DuckDBPyConnection, pairs: str, table: str) -> None:
    con.execute(f"""
    create or replace temp table judged as
    select least(a, b) as a, greatest(a, b) as b, {HELD_SQL} as is_held, {APART_SQL} as is_apart,
           row_number() over (order by {SUREST_FIRST_SQL}) as place
    from ({pairs}) group by 1, 2 having is_held or is_apart
    """).fetchall()
    con.execute(_NODES).fetchall()
    size = con.sql("select count(*) from node").fetchall()[0][0]
    found = [
        con.execute(f"{_NUMBERED} where {which} order by place").fetchall()
        for which in ("is_held", "is_apart")
    ]
    lowest = joined(range(size), *found)
    numbers = pa.table({"number": np.arange(size), "lowest": [lowest[n] for n in range(size)]})
    con.register("lowest_connected", numbers)
    con.execute(f"""
    create or replace temp table {table} as
    select n.member, c.member as cluster
    from node n join lowest_connected l using (number) join node c on c.number = l.lowest
    """).fetchall()
    con.unregister("lowest_connected")
