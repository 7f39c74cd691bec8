"""Assurances: promises of the system put to the test at length, from a printed seed."""
