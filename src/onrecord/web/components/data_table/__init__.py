"""A table of plain rows: what a reader compares line by line."""
