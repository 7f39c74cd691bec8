"""Dated lines, and sentences that must be read before the tables."""
