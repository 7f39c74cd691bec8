"""The part that outsiders can audit: plain Python, no web framework, no database."""
