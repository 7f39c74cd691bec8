"""Where a signed-in person starts."""
