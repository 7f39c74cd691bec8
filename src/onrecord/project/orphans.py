"""No process outlives the one that looks after it, even if that one is killed outright."""

import ctypes
import signal
import sys
from collections.abc import Callable
from functools import partial

_DEATH_SIGNAL = 1


def ending_with_parent(sign: signal.Signals) -> Callable[[], None]:
    """Return what a child does before it becomes its program: ask for `sign` when we die.

    Linux only; elsewhere it does nothing. Nobody may start threads before using it.
    """
    library = ctypes.CDLL(None) if sys.platform == "linux" else None
    return partial(_ask_for, library, sign)


def _ask_for(library: ctypes.CDLL | None, sign: signal.Signals) -> None:
    if library is not None:
        library.prctl(_DEATH_SIGNAL, sign)
