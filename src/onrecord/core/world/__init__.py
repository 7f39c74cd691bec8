"""The demonstration world: invented police forces, their people and their records."""
