"""Signing in: sessions and their limits, second factors, and keys for services."""
