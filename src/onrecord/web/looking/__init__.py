"""Saying why one is looking, once for a task."""
