"""Pages of conflicts of interest."""
