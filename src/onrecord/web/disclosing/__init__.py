"""Pages of what is released to a subject: for who handles the case, and for the subject."""
