"""Where a search looks."""

PLACES: dict[str, str] = {
    "people": "People",
    "cases": "Cases and incidents",
    "record": "Words in the record",
    "papers": "Notes, letters, policy files and tasks",
    "documents": "Pages of documents",
}
"""Every place, with what people call it."""


def places_meant(chosen: "tuple[str, ...] | list[str]") -> tuple[str, ...]:
    """Return the places to look in: those chosen, in their order; all where none was."""
    return tuple(place for place in PLACES if place in chosen) or tuple(PLACES)
