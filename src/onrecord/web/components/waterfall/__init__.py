"""Cutting a long list into pages, and the links between them."""
