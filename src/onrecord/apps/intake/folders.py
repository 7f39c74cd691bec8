"""The folder in which an import works: private, and gone afterwards."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX = ".working-"


@contextmanager
def working_folder(imports: Path) -> Iterator[Path]:
    """Yield a private folder beside what imports leave, gone afterwards however it ended.

    What a killed import left there (staged rows, names among them) is removed first.
    """
    imports.mkdir(parents=True, exist_ok=True)
    for left in imports.glob(f"{_PREFIX}*"):
        if not _is_running(left.name.removeprefix(_PREFIX).partition("-")[0]):
            shutil.rmtree(left, ignore_errors=True)
    prefix = f"{_PREFIX}{os.getpid()}-"
    with tempfile.TemporaryDirectory(
        prefix=prefix, dir=imports, ignore_cleanup_errors=True
    ) as name:
        yield Path(name)


def _is_running(number: str) -> bool:
    with suppress(ValueError, ProcessLookupError):
        try:
            os.kill(int(number), 0)
        except PermissionError:
            return True
        return True
    return False
