"""Words and values that everything else is made of."""
