"""Circles: who works on a case or about a person."""
