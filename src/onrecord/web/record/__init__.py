"""How facts read on a page: shared by the pages of people, cases and incidents."""
