"""Batches of facts taken in from files."""
