"""Say to the database whose eyes are meant: the net under every read of facts.

Reads leave out by themselves what their view's eyes must not see. Row security holds
where one forgets: a connection that named nobody is handed what is not walled at all.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection
from psycopg.pq import TransactionStatus

THE_WHOLE_RECORD = None
"""The eyes of a job that works on everything: projections, proofs, imports, snapshots."""
NOBODY = ""

_meant: ContextVar[tuple[str | None, ...]] = ContextVar("_meant", default=(NOBODY,))


@contextmanager
def seeing(eyes: str | None) -> Iterator[None]:
    """Have this connection's reads hand out what `eyes` may see, for the length of this block."""
    before = _meant.get()
    token = _meant.set((*before, eyes))
    if before[-1] != eyes:
        _look_through(eyes)
    try:
        yield
    finally:
        _meant.reset(token)
        if before[-1] != eyes and not _is_broken():
            _look_through(before[-1])


def _is_broken() -> bool:
    """Tell whether nothing can be said in this transaction: its end takes back what was said in it."""
    raw = connection.connection
    return raw is not None and raw.info.transaction_status is TransactionStatus.INERROR


def _look_through(eyes: str | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select public.look_through(%s)", [eyes])
