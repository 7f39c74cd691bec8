"""Conflicts of interest: worked out from facts, declared, decided, overridden."""
