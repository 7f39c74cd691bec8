"""Make what words are found by anew."""

from django.db import connection


def rebuild_words() -> int:
    """Make the words of facts anew from the facts, and return of how many facts there are any."""
    with connection.cursor() as cursor:
        cursor.execute("select projection.rebuild_words()")
        return int(cursor.fetchone()[0])
