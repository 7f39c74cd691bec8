"""Which cases are in scope of a review, under a stated definition, and why each is in or out."""
