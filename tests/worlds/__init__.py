"""Named worlds: small, invented records that tests of every kind build on."""
