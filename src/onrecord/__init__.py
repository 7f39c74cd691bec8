"""Onrecord: what was known about police conduct, when, and by whom."""

__version__ = "0.1.0"
