"""Ctrl-C during an import is an interruption, not an error."""

import pytest

from onrecord.core.sources.workbench import _interruptible


def test_what_duckdb_says_of_ctrl_c_is_ctrl_c():
    with pytest.raises(KeyboardInterrupt), _interruptible():
        raise RuntimeError("Query interrupted")


def test_any_other_error_stays_what_it_is():
    with pytest.raises(RuntimeError, match="something else"), _interruptible():
        raise RuntimeError("something else")
