"""The Django apps: one for each bounded context, all alike inside."""
