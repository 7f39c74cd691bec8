"""Say which rows are rejected and why, to the person who has the file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from onrecord.core.kernel.errors import DataRejectedError
from onrecord.core.sources.formula_sql import quoted
from onrecord.core.sources.staging import Staged
from onrecord.core.sources.workbench import LINES_IN_A_FILE, Workbench


@dataclass(frozen=True, slots=True)
class Reject:
    """One thing that is wrong with one row, in words for the person who has the file."""

    table: str
    file: str
    row: int
    column: str
    value: str
    sentence: str
    result: str


def rejects(bench: Workbench, staged: Mapping[str, Staged]) -> Iterator[Reject]:
    """Yield everything that is wrong with rows, in the order of tables and rows."""
    sql = (
        "select tbl, row_no, column_name, value, sentence, result from rejected"
        " union all select tbl, row_no, column_name, value, sentence, 'left empty' from noted order by 1, 2, 3"
    )
    for batch in bench.stream(sql):
        for table, row, column, value, sentence, result in zip(
            *(c.to_pylist() for c in batch.columns), strict=True
        ):
            file = staged[table].files[row // LINES_IN_A_FILE].name
            yield Reject(
                table, file, row % LINES_IN_A_FILE, column or "", value or "", sentence, result
            )


def rejected_rows(bench: Workbench) -> dict[str, int]:
    """Return how many rows of each table are rejected."""
    return dict(bench.run("select tbl, count(distinct row_no) from rejected group by 1"))


def refuse_too_many(bench: Workbench, staged: Mapping[str, Staged]) -> None:
    """Refuse the batch if a table has more rejected rows than the description allows.

    Raises:
        DataRejectedError: with the commonest reasons.
    """
    limit = bench.description.reject_limit
    for table, count in rejected_rows(bench).items():
        if count > limit * staged[table].read:
            reasons = bench.run(
                "select any_value(column_name), sentence, count(distinct row_no) from rejected"
                f" where tbl = {quoted(table)} group by 2 order by 3 desc limit 3"
            )
            shown = " ".join(
                f"{n} x {(column + ': ') if column else ''}{sentence}"
                for column, sentence, n in reasons
            )
            raise DataRejectedError(
                f"{count} of the {staged[table].read} rows of {table} would be rejected; the limit is"
                f" {limit:.3%}. {shown}",
                next_step="Put the rows or the description right, or raise reject_limit. Nothing was written.",
            )
