"""Documents: what was uploaded, sealed; the copies made to be looked at; and every step of each."""
