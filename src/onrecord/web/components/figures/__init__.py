"""A few numbers that must never be mistaken for one another: each with its unit."""
