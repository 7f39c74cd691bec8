"""When things happened, when they were known, and what was on record on a day."""
