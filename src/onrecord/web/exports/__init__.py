"""Pages of exports: take a list out, and what one took."""
