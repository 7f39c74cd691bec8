"""The interface for programs: what pages show, as JSON, by the key of a service account."""
