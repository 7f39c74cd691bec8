"""Pages of work: what is mine to do, my team's, nobody's yet; one task and its acts."""
