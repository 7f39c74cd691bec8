"""Documents as files: kept sealed, told apart by content, looked at only through copies we make."""
