"""Which lineages have more than one version, so that the rest can be read fast.

Most things on record have one version for ever. A lineage with a single version
in the whole snapshot needs no choosing, whatever was undone or corrected since:
it is shown or it is not. Only lineages listed here are sorted.
"""

from collections.abc import Sequence
from pathlib import Path


def quoted(text: str) -> str:
    """Return `text` as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def parquet_sql(paths: Sequence[Path]) -> str:
    """Return the table expression that reads these files as one."""
    listed = ", ".join(quoted(str(path)) for path in paths)
    return f"read_parquet([{listed}], union_by_name = true)"


def repeated_lineages_sql(new: Path, earlier: Sequence[Path]) -> str:
    """Return SQL for the lineages in `new` that occur twice in it, or in an `earlier` file."""
    within = f"select lineage from {parquet_sql([new])} group by lineage having count(*) > 1"
    if not earlier:
        return within
    across = (
        f"select distinct lineage from {parquet_sql([new])} "
        f"where lineage in (select lineage from {parquet_sql(earlier)})"
    )
    return f"{within} union {across}"
