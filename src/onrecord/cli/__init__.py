"""The `onrecord` command: one verb a file, loaded only when it is used."""

import os

# Before anything imports numpy or DuckDB: two OpenMP pools spinning on shared
# cores were measured a hundred times slower.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

from onrecord.cli.command import main

__all__ = ["main"]
