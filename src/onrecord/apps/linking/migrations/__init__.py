"""Migrations of judgements."""
