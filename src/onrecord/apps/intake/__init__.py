"""Imports: batches of facts from described sources, whole or not at all."""
