"""Cohorts of cases to review."""
