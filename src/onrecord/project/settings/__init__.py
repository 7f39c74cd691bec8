"""Settings: `base` is shared, `production` serves a home, `test` serves none."""
