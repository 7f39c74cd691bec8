"""How large the projections of people and cases are."""

from django.db import connection

TABLES = ("person", "person_search", "case_search", "mention")


def projection_sizes() -> dict[str, int]:
    """Return how many rows each projection has."""
    sizes = {}
    for table in TABLES:
        with connection.cursor() as cursor:
            cursor.execute(f"select count(*) from projection.{table}")
            sizes[table] = int(cursor.fetchone()[0])
    return sizes


def count_people() -> int:
    """Return how many people there are, by everything that was judged."""
    with connection.cursor() as cursor:
        cursor.execute("select count(distinct person_lineage) from projection.person")
        return int(cursor.fetchone()[0])
