"""The page of a person: everything on record, as known on a day."""
