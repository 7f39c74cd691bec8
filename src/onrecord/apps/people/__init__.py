"""People: which records are one person, how to find them, and everything on record about one."""
