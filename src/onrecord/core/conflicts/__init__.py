"""Conflicts of interest, worked out from dated facts and graded: bar, declare and decide, note."""
