"""Measurements. Each is a function that returns results; none is a test, and none passes or fails a build."""
