"""What hangs together is what joining pair by pair says."""

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from onrecord.core.kernel.joining import joined
from onrecord.core.linkage.components import hanging_together

PAIRS = st.lists(
    st.tuples(st.text("abcde", min_size=1, max_size=2), st.text("abcde", min_size=1, max_size=2))
)


@given(PAIRS)
def test_it_is_what_joining_says(pairs):
    ends = [pa.chunked_array([[pair[place] for pair in pairs]], pa.string()) for place in (0, 1)]
    found = hanging_together(*ends).to_pydict()
    assert dict(zip(found["mention"], found["component"], strict=True)) == joined((), pairs)


def test_a_long_chain_hangs_together():
    names = [f"{n:05}" for n in range(3000)]
    ends = pa.chunked_array([names[:-1]], pa.string()), pa.chunked_array([names[1:]], pa.string())
    assert set(hanging_together(*ends)["component"].to_pylist()) == {"00000"}
