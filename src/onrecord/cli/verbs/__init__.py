"""One file a verb; the name of the file is the verb."""
