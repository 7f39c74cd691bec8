"""What is released of a case to its subject, and what the subject contests of it."""
