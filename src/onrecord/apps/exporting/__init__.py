"""Lists taken out as files: who, what, whom for, how many rows; more than one person above a size."""
