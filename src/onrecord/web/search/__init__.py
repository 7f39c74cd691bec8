"""Finding people, cases and incidents."""
