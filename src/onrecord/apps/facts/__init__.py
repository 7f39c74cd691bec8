"""The fact store: typed, append-only tables, one per kind, and the only ways in and out."""
