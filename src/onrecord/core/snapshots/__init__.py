"""Immutable columnar copies of the record, and the record read from them as at a moment."""
