"""Unusual looking: rules over the stream of looks, each of which says in a sentence why it spoke."""
