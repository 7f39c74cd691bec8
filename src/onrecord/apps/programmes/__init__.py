"""Review programmes: cohort definitions kept with their versions, and frozen results."""
