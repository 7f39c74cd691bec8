"""Pages about looking: alerts for the responsible officer, who looked, and one's own looks."""
