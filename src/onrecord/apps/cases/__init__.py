"""Cases and incidents, as a view shows them."""
