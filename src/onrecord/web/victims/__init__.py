"""Pages of victims and reporters: by pseudonym; who somebody is, as an act of its own."""
