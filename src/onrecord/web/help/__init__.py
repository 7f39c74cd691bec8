"""Help tied to the page, and the table of permissions in plain words."""
