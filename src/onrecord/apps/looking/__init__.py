"""Who looked at what, and looking that somebody should hear of."""
