"""Administration: accounts and teams."""
