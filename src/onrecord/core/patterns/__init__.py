"""Patterns: what dated facts about one person come to together, said as sentences with their rows. Never a score."""
