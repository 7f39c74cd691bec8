"""Another open linker beside ours: recordlinkage, unsupervised, with what it is shipped with.

It is an extra that nothing needs (`pip install onrecord[baselines]`): it brings pandas and scikit-learn
along. It is handed the same standardised mentions. It compares in memory on one thread, so it is
asked only of sets of a size that it can manage.
"""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from onrecord.core.kernel.joining import joined

NAME = "recordlinkage (ECM, unsupervised)"
MANAGES = 20_000
"""Mentions up to which it is asked: pairs of fifty thousand with common names fill its memory."""
_NAMES = ("family", "given", "place", "street", "occupation")
_EXACT = ("birth_date", "birth_year", "identifier", "house", "postcode", "middle", "number", "sex")
_BLOCKS = ("family", "given", "birth_date", "postcode", "identifier")
_NEAR = 0.85
"""The similarity of Jaro and Winkler from which its documentation takes two names to agree."""


def is_there() -> bool:
    """Tell whether it is installed here."""
    return find_spec("recordlinkage") is not None


def people_of(mentions: Path) -> pa.Table:
    """Return each mention that it links with the least mention of its person."""
    import recordlinkage  # an extra, and slow to load

    frame = _frame(mentions)
    pairs = _compared(recordlinkage, frame)
    found = recordlinkage.ECMClassifier(binarize=None).fit_predict(pairs)
    groups = joined((), ((str(one), str(other)) for one, other in found))
    return pa.table({"mention": list(groups), "person": list(groups.values())})


def _frame(mentions: Path) -> Any:
    with duckdb.connect() as connection:
        table = connection.sql(f"select * from read_parquet('{mentions}')").to_arrow_table()
    named = [name for name in ("mention", *_NAMES, *_EXACT) if name in table.column_names]
    columns = {name: table[name].cast(pa.string()) for name in dict.fromkeys(named)}
    return pa.table(columns).to_pandas().set_index("mention")


def _compared(recordlinkage: Any, frame: Any) -> Any:
    """Return for pairs that share one of some columns where they agree: 1 and 0, as its classifier takes them."""
    index, compare = recordlinkage.Index(), recordlinkage.Compare()
    for column in _held(frame, _BLOCKS):
        index.block(column)
    for column in _held(frame, _NAMES):
        compare.string(column, column, method="jarowinkler", threshold=_NEAR, label=column)
    for column in _held(frame, _EXACT):
        compare.exact(column, column, label=column)
    return compare.compute(index.index(frame), frame).astype(int)


def _held(frame: Any, columns: tuple[str, ...]) -> list[str]:
    """Return which of some columns a set has any values in."""
    return [name for name in columns if name in frame.columns and frame[name].notna().any()]
