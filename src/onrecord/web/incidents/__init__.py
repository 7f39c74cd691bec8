"""The page of an incident: the thing that happened, and every case that is a record of it."""
