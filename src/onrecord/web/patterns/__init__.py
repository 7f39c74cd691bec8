"""The published pattern rules: what each asks, and what it costs on this record."""
