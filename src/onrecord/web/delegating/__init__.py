"""Delegations: whom I let act for me, and for whom I act."""
