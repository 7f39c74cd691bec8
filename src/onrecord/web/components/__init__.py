"""Pieces of page that know nothing of the trade: each takes one typed value."""
