"""Migrations of the conflicts app."""
