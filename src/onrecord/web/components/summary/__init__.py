"""Names and values, one pair a line."""
