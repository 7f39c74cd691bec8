"""Who may do what: one table, one grammar, read the same way by the program and by its tests."""
