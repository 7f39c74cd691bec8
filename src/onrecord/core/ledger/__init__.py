"""How a fact or an event becomes bytes, a leaf, a tree and a proof."""
