"""What hangs together, a million pairs at once."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


def hanging_together(one: pa.ChunkedArray, other: pa.ChunkedArray) -> pa.Table:
    """Return each mention of some pairs with the least mention that it hangs together with.

    It is what `kernel.joining.joined` says, as a table of `mention` and `component`: numbers in
    place of texts, each handed the least number among its neighbours until nothing changes.
    """
    ends = pa.chunked_array([*one.chunks, *other.chunks], pa.string()).unify_dictionaries()
    coded = ends.dictionary_encode().combine_chunks()
    if isinstance(coded, pa.ChunkedArray):  # nothing at all comes back in chunks
        coded = pa.concat_arrays(coded.chunks) if coded.num_chunks else None
    if coded is None or not len(coded):
        return pa.table(
            {"mention": pa.array([], pa.string()), "component": pa.array([], pa.string())}
        )
    names = coded.dictionary
    order = pc.array_sort_indices(names).to_numpy()
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    numbers = rank[coded.indices.to_numpy()]
    least = _least(len(order), *np.split(numbers, 2))
    ordered = names.take(pa.array(order))
    return pa.table({"mention": ordered, "component": ordered.take(pa.array(least))})


def _least(size: int, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    label = np.arange(size)
    while True:
        low = np.minimum(label[a], label[b])
        before = label.copy()
        for ends in (a, b):  # whoever an end was handed to is handed on as well
            np.minimum.at(label, before[ends], low)
            np.minimum.at(label, ends, low)
        label = label[label]
        if np.array_equal(label, before):
            return label
