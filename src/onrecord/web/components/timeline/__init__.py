"""Marks on lanes of time, drawn on the server as one picture."""
