"""The morning meeting: the page on which a day starts."""
