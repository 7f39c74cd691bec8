"""Organisations and the source systems in which they hold things."""
