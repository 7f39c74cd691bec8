"""Patterns: what the record of one person raises by published rules, and what each rule costs."""
