"""What the record says about conduct: standing, counts, and what a decision-maker could see."""
