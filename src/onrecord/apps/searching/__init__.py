"""Search: words of facts that a viewer may read, found where they stand."""
