"""Pages of the file desk: what paper is sought, of whom, by when; one file and its acts."""
