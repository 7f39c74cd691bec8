"""Pages for those behind a seal, and the one page on which anybody asks its owner."""
