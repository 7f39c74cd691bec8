"""Puts the program together: homes, the database, settings, what is served."""
