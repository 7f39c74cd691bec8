"""Where a signed-in person starts: what changed."""
