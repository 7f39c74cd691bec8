"""What is typed to search, made into what the database looks up."""
