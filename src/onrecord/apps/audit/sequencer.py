"""The sequencer: gives every committed event and look its place in the log."""

import signal
import time
from types import FrameType

from django.db import connections

PAUSE_SECONDS = 0.5


def run_forever() -> None:
    """Sequence until told to stop (SIGTERM or SIGINT), under the sequencer's own role."""
    stopping = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not stopping:
        if not sequence_once():
            time.sleep(PAUSE_SECONDS)


def sequence_once() -> int:
    """Give a position to everything waiting; return how many there were."""
    with connections["sequencer"].cursor() as cursor:
        cursor.execute("select ledger.sequence_pending()")
        return int(cursor.fetchone()[0])
