"""Pick people to measure with: by how much there is about them, never by what it says."""

from django.db import connection


def subjects_with(at_least: int, at_most: int, *, limit: int) -> list[str]:
    """Return references of people who are the subject of so many allegations, in a fixed order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select p.reference from projection.person p join facts.allegation a using (record_lineage)"
            " group by p.reference having count(distinct a.lineage) between %s and %s"
            " order by p.reference limit %s",
            [at_least, at_most, limit],
        )
        return [row[0] for row in cursor.fetchall()]


def names_to_search_for(limit: int) -> list[str]:
    """Return names as displayed, evenly spread over the alphabet, for timing a search."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select display_name from (select display_name,"
            " row_number() over (order by display_name, record_lineage) n,"
            " count(*) over () total from projection.person_search) s"
            " where n %% greatest(total / %s, 1) = 0 limit %s",
            [limit, limit],
        )
        return [row[0] for row in cursor.fetchall()]


def people_on_record() -> int:
    """Return how many person records can be searched."""
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from projection.person_search")
        return int(cursor.fetchone()[0])
